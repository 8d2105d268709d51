using System.Diagnostics;

namespace Tests.Parts;

/// <summary>Waits for what takes a moment.</summary>
internal static class Eventually
{
    /// <summary>Ends a wait that would never end. It asserts no speed: 2 minutes are enough for a machine with much other work.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

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
