namespace ServiceDefaults.Foundation;

/// <summary>An answer that is asked for once and given to everybody for a while, so that no number of askers costs more than one.</summary>
/// <remarks>Before it is too old it is asked for anew, while the old one is still given: who asks often never waits.</remarks>
/// <typeparam name="T">The answer.</typeparam>
/// <param name="ask">Gets it.</param>
/// <param name="renewedAfter">How old an answer is when it is asked for anew.</param>
/// <param name="keptFor">How old an answer may be that is given.</param>
/// <param name="clock">The time.</param>
internal sealed class Kept<T>(Func<Task<T>> ask, TimeSpan renewedAfter, TimeSpan keptFor, TimeProvider clock)
{
    private readonly Lock turn = new();
    private volatile Answer? last;
    private Task<T>? asking;

    public Task<T> GetAsync()
    {
        var known = last;
        var age = known is null ? TimeSpan.MaxValue : clock.GetElapsedTime(known.AskedAt);
        if (age >= keptFor)
        {
            return AskAsync();
        }

        if (age >= renewedAfter)
        {
            _ = AskAsync();
        }

        return known!.Task;
    }

    private Task<T> AskAsync()
    {
        lock (turn)
        {
            return asking is { IsCompleted: false } ? asking : asking = KeepAsync();
        }
    }

    private async Task<T> KeepAsync()
    {
        await Task.Yield(); // not under the lock
        var askedAt = clock.GetTimestamp();
        var answer = await ask();
        last = new Answer(Task.FromResult(answer), askedAt);
        return answer;
    }

    private sealed record Answer(Task<T> Task, long AskedAt);
}
