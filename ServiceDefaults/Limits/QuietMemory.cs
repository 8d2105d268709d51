using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Limits;

/// <summary>
/// Gives memory back when a rush is over. The garbage collector runs when memory is asked for: a site that is quiet after an
/// attack would keep what the attack made it take, for hours.
/// </summary>
internal sealed class QuietMemory(TimeProvider clock) : BackgroundService
{
    private const long Mebibyte = 1024 * 1024;
    private const long QuietAllocation = 64 * Mebibyte; // in a period: some requests a second
    private const long WorthIt = 32 * Mebibyte;
    private const long TooLarge = 1024 * Mebibyte; // the pause grows with the heap, and what a rush adds does not

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private long allocated;
    private long kept;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            GiveBack();
            await Task.Delay(Period, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a start that fails is no error of this
        }
    }

    private void GiveBack()
    {
        var before = allocated;
        allocated = GC.GetTotalAllocatedBytes();
        var committed = GC.GetGCMemoryInfo().TotalCommittedBytes;
        if (allocated - before < QuietAllocation && committed - kept > WorthIt && committed < TooLarge)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            kept = GC.GetGCMemoryInfo().TotalCommittedBytes;
        }
    }
}
