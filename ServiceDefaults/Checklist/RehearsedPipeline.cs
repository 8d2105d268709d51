using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ServiceDefaults.Checklist;

/// <summary>Gives the server the very pipeline that was rehearsed, instead of a second one that is built like it.</summary>
/// <remarks>It is the outermost filter, and what was rehearsed has all others in it.</remarks>
/// <param name="rehearsal">Where the pipeline is; nothing changes for an application that is not rehearsed.</param>
internal sealed class RehearsedPipeline(Rehearsal rehearsal) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        rehearsal.Pipeline is { } pipeline ? server => server.Run(pipeline.Value) : next;
}
