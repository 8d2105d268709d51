using System.Diagnostics;

namespace Tests.Parts;

/// <summary>Waits for what takes a moment.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < limit, $"waited {limit.TotalSeconds} s in vain until {what}");
            await Task.Delay(50);
        }
    }
}
