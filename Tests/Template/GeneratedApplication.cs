using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tests.Template;

/// <summary>An application that the template has made.</summary>
/// <param name="name">Its name.</param>
/// <param name="folder">Where it is.</param>
/// <param name="transcript">What <c>dotnet new</c> said.</param>
internal sealed partial class GeneratedApplication(string name, string folder, string transcript)
{
    public string Name => name;

    public string Folder => folder;

    public string Transcript => transcript;

    /// <summary>Its files, as paths below its folder, without what restoring and building add.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => !file.Split('/').Any(part => part is "artifacts" or "bin" or "obj"))
            .Order(StringComparer.Ordinal),
    ];

    public bool Has(string path) => Path.Exists(Path.Combine(folder, path));

    public string Read(string path) => File.ReadAllText(Path.Combine(folder, path));

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(folder, path), text);

    public byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(folder, path));

    public JsonElement Json(string path) => JsonSerializer.Deserialize<JsonElement>(Bytes(path));

    /// <summary>A file without what is different in each application.</summary>
    public string Comparable(string path) => WithoutItsOwn(path, Bytes(path));

    /// <summary>Leaves out the identities and ports that each application has of its own.</summary>
    /// <remarks>Latin-1 maps every byte to a character of its own, so that comparing texts compares bytes and a failure can be read.</remarks>
    public static string WithoutItsOwn(string path, byte[] content) => Path.GetFileName(path) switch
    {
        "README.md" or "launchSettings.json" => Port().Replace(Encoding.Latin1.GetString(content), "localhost:a port"),
        "AppHost.csproj" => Guid().Replace(Encoding.Latin1.GetString(content), "a guid"),
        var name when name.EndsWith(".sln", StringComparison.Ordinal) => Guid().Replace(Encoding.Latin1.GetString(content), "a guid"),
        _ => Encoding.Latin1.GetString(content),
    };

    [GeneratedRegex(@"\{?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")]
    public static partial Regex Guid();

    [GeneratedRegex(@"localhost:\d+")]
    private static partial Regex Port();
}
