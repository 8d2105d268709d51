namespace Tests.Parts;

/// <summary>
/// A table in a page that is made of what the code says, so that a review sees what a change does to it.
/// <c>ACCEPT=true</c> before a run of the test puts it on record.
/// </summary>
internal static class GeneratedTable
{
    /// <param name="file">The page.</param>
    /// <param name="header">The table's first line; it stands there once.</param>
    /// <param name="rows">Its rows, in Markdown.</param>
    public static void IsOnRecord(string file, string header, IEnumerable<string> rows)
    {
        var path = Path.Combine(Repository.Root, file);
        string[] lines = File.ReadAllLines(path), made = [.. rows];
        var begin = Array.IndexOf(lines, Assert.Single(lines, line => line == header)) + 2;
        var count = lines.Skip(begin).TakeWhile(line => line.StartsWith('|')).Count();
        if (Environment.GetEnvironmentVariable("ACCEPT") == "true")
        {
            File.WriteAllLines(path, [.. lines[..begin], .. made, .. lines[(begin + count)..]]);
            (lines, count) = (File.ReadAllLines(path), made.Length);
        }

        Assert.Equal(made, lines.Skip(begin).Take(count));
    }
}
