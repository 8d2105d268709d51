namespace ServiceDefaults.Uptime.ResponseTimes;

/// <summary>Counts the response times of this process until they are put on record.</summary>
internal sealed class ResponseTimeCounter
{
    private readonly long[] counts = new long[ResponseTimeScale.Classes];

    /// <summary>On the way of every request: one logarithm and one addition, nothing allocated.</summary>
    public void Count(TimeSpan time) => Interlocked.Increment(ref counts[ResponseTimeScale.ClassOf(time)]);

    /// <summary>Takes out what has been counted.</summary>
    public long[] Take()
    {
        var taken = new long[counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            taken[i] = Interlocked.Exchange(ref counts[i], 0);
        }

        return taken;
    }

    /// <summary>Puts back what could not be put on record.</summary>
    public void Return(long[] taken)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            Interlocked.Add(ref counts[i], taken[i]);
        }
    }
}
