using System.Text.Json;

namespace Benchmarks.Probes;

/// <summary>Two tabs of one browser.</summary>
internal static class LostUpdates
{
    private const int Rounds = 20;

    public static async Task<string> AskAsync(Stage stage, Site site)
    {
        var lost = 0;
        for (var i = 0; i < Rounds; i++)
        {
            using var visitor = site.Visitor(connections: 2);
            await visitor.BeginSessionAsync("x", stage.Stop);
            await BothAsync("/read", "/read"); // opens both connections: otherwise the second request would come late
            await BothAsync("/set?key=left&value=1", "/set?key=right&value=1");
            var keys = JsonSerializer.Deserialize<string[]>(await visitor.Client.GetStringAsync("/keys", stage.Stop))!;
            lost += keys.Contains("left") && keys.Contains("right") ? 0 : 1;

            Task BothAsync(string left, string right) => Task.WhenAll(visitor.ReadAsync(left, stage.Stop), visitor.ReadAsync(right, stage.Stop));
        }

        return $"{lost}";
    }
}
