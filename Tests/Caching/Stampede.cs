using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Caching;

/// <summary>Holds the handler until all requests of a stampede wait for its response.</summary>
/// <param name="requests">How many they are.</param>
internal sealed class Stampede(int requests) : IOutputCachePolicy
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;

    /// <summary>Adds this to a site.</summary>
    public void AddTo(IServiceCollection services) => services.Configure<OutputCacheOptions>(options => options.AddBasePolicy(this));

    /// <summary>Completes when every request has reached the output cache, and has had a moment to look into it.</summary>
    public async Task WaitAsync()
    {
        await arrived.Task.WaitAsync(Eventually.Patience);
        await Task.Delay(1000);
    }

    ValueTask IOutputCachePolicy.CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref count) == requests)
        {
            arrived.SetResult();
        }

        return ValueTask.CompletedTask;
    }

    ValueTask IOutputCachePolicy.ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    ValueTask IOutputCachePolicy.ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
}
