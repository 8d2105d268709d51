using System.Text.RegularExpressions;

namespace Tests.Architecture;

/// <summary>A use of a type or an extension method of another folder.</summary>
/// <param name="From">The folder of the file.</param>
/// <param name="To">The folder that declares what is used; empty for the project's own folder.</param>
/// <param name="File">The path of the file.</param>
/// <param name="Name">What is used.</param>
internal sealed record Arrow(string From, string To, string File, string Name)
{
    public override string ToString() => $"{File} uses {Name}: {Of(From)} → {Of(To)}";

    private static string Of(string folder) => folder.Length > 0 ? folder : "the project's own folder";
}

/// <summary>Reads from C# sources which folder knows which.</summary>
/// <remarks>
/// It knows names and no meanings: types are found by their simple or qualified name where a namespace makes them visible, in code
/// and in <c>cref</c>; extension methods by a call. That is enough for sources with one file-scoped namespace a file.
/// </remarks>
internal sealed partial class FolderArrows
{
    private readonly IReadOnlyList<Source> sources;
    private readonly ILookup<string, Declaration> types;
    private readonly ILookup<string, Declaration> extensions;
    private readonly HashSet<string> namespaces;

    private FolderArrows(IReadOnlyDictionary<string, string> files)
    {
        sources = [.. files.Select(file => Source.Parse(file.Key, file.Value)).OrderBy(source => source.Path, StringComparer.Ordinal)];
        types = sources.SelectMany(source => Declarations(source, TypeDeclaration())).ToLookup(type => type.Name);
        extensions = sources.SelectMany(source => Declarations(source, ExtensionDeclaration())).ToLookup(method => method.Name);
        namespaces = [.. sources.Select(source => source.Namespace)];
    }

    /// <summary>Finds the arrows between the folders below a project's own, each once a file and name.</summary>
    /// <param name="files">The text of each source by its path in the project, with slashes.</param>
    public static IReadOnlyList<Arrow> Find(IReadOnlyDictionary<string, string> files)
    {
        var arrows = new FolderArrows(files);
        return [.. arrows.sources.SelectMany(arrows.Of).Distinct()];
    }

    private IEnumerable<Arrow> Of(Source source) =>
        from used in Uses(source)
        where used.Source.Folder != source.Folder
        select new Arrow(source.Folder, used.Source.Folder, source.Path, used.Name);

    private IEnumerable<Declaration> Uses(Source source)
    {
        foreach (Match chain in NameChain().Matches(source.Code))
        {
            string[] names = [.. chain.Groups["name"].Captures.Select(name => name.Value)];
            var isMember = chain.Groups["dot"].Success;
            if (!isMember && Type(source, names) is { } type)
            {
                yield return type;
            }

            if (chain.Groups["call"].Success && (isMember || names.Length > 1))
            {
                foreach (var method in extensions[names[^1]].Where(method => source.Sees(method.Source.Namespace)))
                {
                    yield return method;
                }
            }
        }
    }

    /// <summary>The type that a name means, an attribute's short name included; null when it means none of these sources.</summary>
    private Declaration? Type(Source source, string[] names)
    {
        if (Visible(source, names[0]) is { } simple)
        {
            return simple;
        }

        for (var length = names.Length - 1; length > 0; length--)
        {
            var qualifier = string.Join('.', names[..length]);
            foreach (var full in source.Enclosing.Select(outer => $"{outer}.{qualifier}").Append(qualifier).Where(namespaces.Contains))
            {
                if (Declared(names[length]).FirstOrDefault(type => type.Source.Namespace == full) is { } qualified)
                {
                    return qualified;
                }
            }
        }

        return null;
    }

    /// <summary>As the language does: the innermost namespace first, and what is imported last.</summary>
    private Declaration? Visible(Source source, string name)
    {
        var declared = Declared(name);
        return source.Enclosing.Select(outer => declared.FirstOrDefault(type => type.Source.Namespace == outer)).FirstOrDefault(type => type is not null)
            ?? declared.FirstOrDefault(type => source.Usings.Contains(type.Source.Namespace));
    }

    private Declaration[] Declared(string name) => [.. types[name], .. types[name + "Attribute"]];

    private static IEnumerable<Declaration> Declarations(Source source, Regex declaration) =>
        declaration.Matches(source.Code).Select(match => new Declaration(match.Groups["name"].Value, source));

    [GeneratedRegex(@"^(?:(?:public|internal|file|sealed|static|abstract|partial|readonly|ref)\s+)*(?:class|record struct|record class|record|struct|interface|enum|delegate\s+[^(;]*?)\s+(?<name>\w+)\b", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\bstatic\s+[^(;{}=]*?(?<name>\w+)\s*(?:<[^()]*>)?\s*\(\s*this\s")]
    private static partial Regex ExtensionDeclaration();

    /// <summary>Names with dots between them, whether a dot comes before, and whether they are called.</summary>
    [GeneratedRegex(@"(?<dot>\.\s*)?(?<![\w@])(?<name>[A-Za-z_]\w*)(?:\s*\??\.\s*(?<name>[A-Za-z_]\w*))*(?<call>\s*(?:<[^<>();]*(?:<[^<>();]*>[^<>();]*)*>\s*)?\()?")]
    private static partial Regex NameChain();

    private sealed record Declaration(string Name, Source Source);

    /// <summary>A file without its comments and its texts.</summary>
    private sealed partial record Source(string Path, string Namespace, IReadOnlySet<string> Usings, string Code)
    {
        public string Folder { get; } = Path.Contains('/', StringComparison.Ordinal) ? Path.Split('/')[0] : "";

        /// <summary>The namespace and those around it, the innermost first.</summary>
        public IReadOnlyList<string> Enclosing { get; } =
            [.. Enumerable.Range(0, Namespace.Split('.').Length).Select(outer => string.Join('.', Namespace.Split('.')[..^outer]))];

        public static Source Parse(string path, string text)
        {
            var code = CodeOf(text);
            return new Source(
                path,
                NamespaceLine().Match(code).Groups["name"].Value,
                UsingLine().Matches(code).Select(line => line.Groups["name"].Value).ToHashSet(),
                UsingLine().Replace(code, ""));
        }

        public bool Sees(string other) => Usings.Contains(other) || Enclosing.Contains(other);

        /// <summary>Of a comment for documentation what it refers to stays, of a text the expressions in it.</summary>
        private static string CodeOf(string text) => NotCode().Replace(text, found => found.Value switch
        {
            ['/', '/', '/', ..] => string.Concat(Reference().Matches(found.Value).Select(reference => $" ; {reference.Groups["name"].Value} ; ")),
            ['/', ..] => " ",
            ['$', ..] => string.Concat(Hole().Matches(found.Value).Select(hole => $" ({CodeOf(hole.Groups["code"].Value)}) ")),
            _ => "\"\"",
        });

        [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        [GeneratedRegex(@"^using\s+(?<name>[\w.]+)\s*;[^\n]*\n?", RegexOptions.Multiline)]
        private static partial Regex UsingLine();

        [GeneratedRegex(@"cref=""(?<name>[^""]*)""")]
        private static partial Regex Reference();

        [GeneratedRegex(@"(?<!\{)\{+(?<code>[^{}]*)")]
        private static partial Regex Hole();

        [GeneratedRegex("""
            ///[^\n]* | //[^\n]* | /\*[\s\S]*?\*/
            | \$*(?<raw>\"{3,})[\s\S]*?\k<raw>\"*
            | \$?@\$?\"(?:[^\"]|\"\")*\"
            | \$\"(?:[^\"{\\\n]|\\.|\{\{|\{(?:[^{}\"]|\$?\"(?:\\.|[^\"\\\n])*\")*\})*\"
            | \"(?:\\.|[^\"\\\n])*\"
            | '(?:\\.[^'\n]*|[^'\\\n])'
            """, RegexOptions.IgnorePatternWhitespace)]
        private static partial Regex NotCode();
    }
}
