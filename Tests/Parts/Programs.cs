using System.Diagnostics;
using System.Globalization;

namespace Tests.Parts;

/// <summary>The programs of this machine that tests run against.</summary>
internal static class Programs
{
    /// <summary>The full path of a program; null when this machine does not have it. Servers are in <c>/usr/sbin</c>, which not every user's PATH names.</summary>
    public static string? Find(params string[] names) =>
        names.SelectMany(name => $"{Environment.GetEnvironmentVariable("PATH")}{Path.PathSeparator}/usr/sbin".Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    public static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
