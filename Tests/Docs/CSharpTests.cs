using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Tests.Docs;

/// <summary>C# in the documentation: all of it in one run of the SDK's compiler, against the assemblies that these tests are running on.</summary>
public sealed partial class CSharpTests
{
    /// <summary>What <c>ImplicitUsings</c> gives a web application, and where <see cref="Surroundings"/> are.</summary>
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Net.Http.Json", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging", "Tests.Docs",
    ];

    /// <summary>Namespaces that the reader's editor adds; those that a page says itself hold below.</summary>
    private static readonly string[] Unsaid =
    [
        "Microsoft.AspNetCore.Authorization", "Microsoft.AspNetCore.HttpsPolicy", "Microsoft.AspNetCore.OutputCaching",
        "ServiceDefaults", "ServiceDefaults.AccessControl", "ServiceDefaults.Caching", "ServiceDefaults.Foundation", "ServiceDefaults.Identity", "ServiceDefaults.Limits.Queries", "ServiceDefaults.Sessions", "ServiceDefaults.Start",
    ];

    /// <summary>A concern may have been deleted.</summary>
    private static readonly HashSet<string?> Existing = [.. typeof(ServiceDefaults.RequestPipeline).Assembly.GetTypes().Select(type => type.Namespace)];

    /// <summary>What sign-in elsewhere says of a package that is not referenced: as far as it is said.</summary>
    private const string OpenIdConnect = """
        internal static class OpenIdConnect
        {
            public static Microsoft.AspNetCore.Authentication.AuthenticationBuilder AddOpenIdConnect(
                this Microsoft.AspNetCore.Authentication.AuthenticationBuilder builder, Action<Options> configure) => builder;

            internal sealed class Options { public string? ResponseType { get; set; } public string? ResponseMode { get; set; } }
        }
        """;

    private static readonly string[] Assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    [SkippableFact]
    public async Task Every_snippet_compiles()
    {
        var compiler = FindCompiler();
        Skip.If(compiler is null, "these tests run without the .NET SDK, whose compiler they need");
        var folder = Directory.CreateTempSubdirectory("docs-");
        try
        {
            var sources = Page.All.SelectMany(Sources)
                .Append(string.Concat(Usings.Select(name => $"global using {name};\n")))
                .Append(Assemblies.Any(assembly => assembly.EndsWith("Authentication.OpenIdConnect.dll", StringComparison.Ordinal)) ? "" : OpenIdConnect)
                .ToArray();
            var files = sources.Select((_, number) => Path.Combine(folder.FullName, $"{number}.cs")).ToArray();
            await Task.WhenAll(files.Zip(sources, (file, source) => File.WriteAllTextAsync(file, source)));
            Assert.True(files.Length > 20);
            var response = Path.Combine(folder.FullName, "compile.rsp");
            await File.WriteAllLinesAsync(response, [
                "-noconfig", "-nologo", "-nostdlib", "-target:library", "-langversion:latest", "-nullable:enable", $"-out:\"{Path.Combine(folder.FullName, "docs.dll")}\"",
                "-nowarn:CS0162,CS0219,CS1591,CS1998,CS8321", // one snippet is not a whole program
                "-warnaserror",
                .. Assemblies.Select(assembly => $"-r:\"{assembly}\""),
                .. files.Select(file => $"\"{file}\""),
            ]);

            using var process = Process.Start(new ProcessStartInfo("dotnet", [compiler, $"@{response}"]) { RedirectStandardOutput = true })!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, said);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A file for each snippet. What one says of its types and its usings, the later ones of the same page know.</summary>
    private static IEnumerable<string> Sources(Page page)
    {
        var known = new List<string>();
        foreach (var (number, snippet) in page.Snippets.Where(snippet => snippet.Language == "csharp").Index())
        {
            known.AddRange(snippet.Lines.Where(line => UsingLine().IsMatch(line)));
            var (before, after) = snippet.Lines.First(line => line.Length > 0 && !UsingLine().IsMatch(line)) is var first && TypeLine().IsMatch(first)
                ? ("", "")
                : ($"internal sealed class Snippet{number} : Surroundings\n{{\nprivate async Task<int> RunAsync()\n{{", "await Task.CompletedTask; return 0;\n}\n}");
            yield return $"""
                {string.Join('\n', Unsaid.Where(name => Existing.Contains(name) || !name.StartsWith("ServiceDefaults", StringComparison.Ordinal)).Select(name => $"using {name};").Except(known))}
                {string.Join('\n', known.Distinct())}

                namespace Docs.{Path.GetFileNameWithoutExtension(page.Path).Replace('-', '_')};

                {before}
                #line {snippet.FirstLine} "{page.Path}"
                {string.Join('\n', snippet.Lines.Select(line => UsingLine().IsMatch(line) ? "" : line))}
                {after}
                """;
        }
    }

    private static string? FindCompiler()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk"));
        return !Directory.Exists(root) ? null : Directory.EnumerateDirectories(root, $"{Environment.Version.Major}.*").Order(StringComparer.Ordinal)
            .Select(sdk => Path.Combine(sdk, "Roslyn", "bincore", "csc.dll")).LastOrDefault(File.Exists);
    }

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingLine();

    [GeneratedRegex("^(public|internal|sealed|static|abstract|record|class|interface|enum) ")]
    private static partial Regex TypeLine();
}
