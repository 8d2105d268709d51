namespace Tests.Docs;

/// <summary>What is wrong with the documentation.</summary>
internal static class Problems
{
    /// <summary>All of them in the message: the framework's own would show one, and the beginning of it.</summary>
    public static void None(IEnumerable<string> problems)
    {
        var all = string.Join('\n', problems);
        Assert.True(all.Length == 0, all);
    }
}
