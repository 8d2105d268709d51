namespace AppHost;

/// <summary>The programs that are installed here.</summary>
internal static class LocalProgram
{
    /// <summary>The full path of a program on the PATH; null when there is none.</summary>
    public static string? Find(string name)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.exe" : name;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, file))
            .FirstOrDefault(File.Exists);
    }
}
