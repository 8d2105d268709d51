using System.Threading.RateLimiting;

namespace ServiceDefaults.Limits.Queue;

/// <summary>One request's place among those that are worked on. It can be left and taken again until it is disposed.</summary>
internal sealed class Place(RateLimiter places, TimeSpan patience, CancellationToken aborted) : IDisposable
{
    private RateLimitLease? lease;
    private bool isOver;

    /// <returns>Whether there was one in time.</returns>
    public ValueTask<bool> TakeAsync()
    {
        if (isOver)
        {
            return new(true);
        }

        lease = places.AttemptAcquire();
        return lease.IsAcquired ? new(true) : WaitAsync();
    }

    public void Leave()
    {
        lease?.Dispose();
        lease = null;
    }

    public void Dispose()
    {
        isOver = true;
        Leave();
    }

    private async ValueTask<bool> WaitAsync()
    {
        using var patient = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        patient.CancelAfter(patience);
        try
        {
            lease = await places.AcquireAsync(1, patient.Token);
            return lease.IsAcquired;
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>The body has arrived, and there is no place to go on.</summary>
internal sealed class NoPlaceException() : Exception("There is more to do at the moment than can be done.");
