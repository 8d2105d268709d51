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

    /// <summary>Asks until there is an answer: a server that refuses a body cuts the connection, and may be quicker than its answer.</summary>
    public static async Task<T> AnswersAsync<T>(Func<Task<T>> ask)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException exception) when (exception.InnerException is IOException && attempts < 20)
            {
                await Task.Delay(50);
            }
        }
    }
}
