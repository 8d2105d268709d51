using System.Diagnostics;

namespace Tests.Parts;

/// <summary>Waits for what takes a moment.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"waited {Patience.TotalSeconds} s in vain until {what}");
            await Task.Delay(50);
        }
    }
}
