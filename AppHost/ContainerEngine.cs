using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>Docker, Podman, or whichever engine Aspire is told to use.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether containers can be started here. An installed client proves nothing: its engine must answer.</summary>
    /// <remarks>Asks the same question, of the same engines, as Aspire's own orchestrator.</remarks>
    public static bool Answers(IConfiguration configuration) =>
        configuration["ASPIRE_CONTAINER_RUNTIME"] is { Length: > 0 } chosen
            ? Answers(chosen)
            : Answers("docker") || Answers("podman");

    private static bool Answers(string client)
    {
        try
        {
            using var question = Process.Start(new ProcessStartInfo(client, ["container", "ls", "--last", "1"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (question.WaitForExit(Patience))
            {
                return question.ExitCode == 0;
            }

            question.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false; // not installed
        }
    }
}
