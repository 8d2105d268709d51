using System.Runtime.CompilerServices;

namespace Tests.Parts;

/// <summary>
/// Keeps the keys of sites without Redis out of the folder that all applications of a user share: keys there that another
/// application has wrapped would be errors in the log of a test.
/// </summary>
internal static class KeyFolder
{
    private const string Variable = "LOCALAPPDATA"; // Data Protection looks here before it looks into the home folder

    /// <summary>Gives a process that a test starts a folder of its own.</summary>
    public static void Set(IDictionary<string, string?> environment, string folder) => environment[Variable] = folder;

    [ModuleInitializer]
    internal static void SetForThisProcess()
    {
        var folder = Directory.CreateTempSubdirectory("keys-").FullName;
        Environment.SetEnvironmentVariable(Variable, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
