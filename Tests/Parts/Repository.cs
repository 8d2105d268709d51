using System.Text.Json.Nodes;

namespace Tests.Parts;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The web app's name, as its pages show it.</summary>
    public static string ApplicationName { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "WebApp", "appsettings.json")))!["Application"]!["Name"]!.GetValue<string>();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && folder.GetFiles("*.sln").Length == 0)
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("No solution file above " + AppContext.BaseDirectory);
    }
}
