using System.Text.Json;

namespace Tests.Template;

/// <summary>An application that the template has made.</summary>
/// <param name="name">Its name.</param>
/// <param name="folder">Where it is.</param>
/// <param name="transcript">What <c>dotnet new</c> said.</param>
internal sealed class GeneratedApplication(string name, string folder, string transcript)
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

    public byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(folder, path));

    public JsonElement Json(string path) => JsonSerializer.Deserialize<JsonElement>(Bytes(path));
}
