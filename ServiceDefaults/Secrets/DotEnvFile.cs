namespace ServiceDefaults.Secrets;

/// <summary>A <c>.env</c> file: lines of <c>NAME=value</c>, comments with <c>#</c>, values plain or in quotes.</summary>
internal static class DotEnvFile
{
    public static IReadOnlyDictionary<string, string?> Read(string path)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            var text = line.Trim();
            text = text.StartsWith("export ", StringComparison.Ordinal) ? text["export ".Length..].TrimStart() : text;
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && text[0] != '#')
            {
                // As in environment variables, a double underscore separates the levels of a key.
                var name = text[..equals].TrimEnd().Replace("__", ":", StringComparison.Ordinal);
                values[name] = Unquote(text[(equals + 1)..].Trim());
            }
        }

        return values;
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
