using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Telemetry;

/// <summary>Sends a share of the traces, and of the others every span that ends in an error.</summary>
/// <remarks>Drops Redis commands that no span caused, such as those of a heartbeat: each would be a trace of its own.</remarks>
internal static class KeepErrors
{
    /// <summary>Decides by the trace id, so that all services agree, and records also what it would not send: how it ends is not known yet.</summary>
    internal sealed class Sampler(double ratio) : OpenTelemetry.Trace.Sampler
    {
        private readonly ParentBasedSampler share = new(new TraceIdRatioBasedSampler(ratio));

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
        {
            if (IsRedisCommandWithoutParent(samplingParameters))
            {
                return new SamplingResult(SamplingDecision.Drop);
            }

            return share.ShouldSample(samplingParameters) is { Decision: not SamplingDecision.Drop } sampled
                ? sampled
                : new SamplingResult(SamplingDecision.RecordOnly);
        }

        private static bool IsRedisCommandWithoutParent(in SamplingParameters span) =>
            span.ParentContext == default
            && span.Kind == ActivityKind.Client
            && span.Tags?.Any(tag => tag is { Key: "db.system" or "db.system.name", Value: "redis" }) == true;
    }

    /// <summary>Comes before the exporter, which sends what is marked as recorded.</summary>
    internal sealed class Processor : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.Status == ActivityStatusCode.Error)
            {
                data.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
            }
        }
    }
}
