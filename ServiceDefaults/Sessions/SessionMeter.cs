using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ServiceDefaults.Sessions;

/// <summary>What happens to sessions, in numbers. It costs next to nothing while nobody listens.</summary>
internal sealed class SessionMeter
{
    public const string Name = "ServiceDefaults.Sessions";

    private readonly Histogram<double> duration;
    private readonly Counter<long> outages;
    private readonly Counter<long> refusals;

    public SessionMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        duration = meter.CreateHistogram(
            "session.store.operation.duration",
            "s",
            "How long the session store takes.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] });
        outages = meter.CreateCounter<long>("session.store.outages", "{outage}", "How often the session store has stopped answering.");
        refusals = meter.CreateCounter<long>("session.cookies.refused", "{cookie}", "Session cookies that were not accepted, by reason.");
        var saved = meter.CreateCounter<long>("session.saved", "{save}", "Changes of sessions that were saved.");
        var conflicts = meter.CreateCounter<long>("session.conflicts", "{conflict}", "Changes that were refused, because the session had been ended meanwhile.");
        Create = new Operation(this, "create", meter.CreateCounter<long>("session.created", "{session}", "Sessions that were created."));
        Load = new Operation(this, "load", meter.CreateCounter<long>("session.loaded", "{session}", "Sessions that were loaded.")) { WhenThereIsNone = () => CookieRefused("expired") };
        Save = new Operation(this, "save", saved) { WhenThereIsNone = () => conflicts.Add(1) };
        End = new Operation(this, "end", meter.CreateCounter<long>("session.ended", "{session}", "Sessions that were ended, by a sign-out or for a new id."));
    }

    public Operation Create { get; }

    public Operation Load { get; }

    public Operation Save { get; }

    public Operation End { get; }

    /// <param name="reason"><c>malformed</c>, <c>forged</c> (the signature is wrong), or <c>expired</c> (there is no such session any more).</param>
    public void CookieRefused(string reason) => refusals.Add(1, new KeyValuePair<string, object?>("session.cookie.refusal", reason));

    public void OutageBegan() => outages.Add(1);

    /// <summary>When something begins that is to be timed; 0 when nobody wants to know.</summary>
    public long Now() => duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>A kind of operation of the store.</summary>
    internal sealed class Operation(SessionMeter meter, string name, Counter<long> done)
    {
        private readonly KeyValuePair<string, object?> tag = new("session.store.operation", name);

        public Action WhenThereIsNone { get; init; } = () => { };

        public void Succeeded(long began, bool found)
        {
            Time(began);
            if (found)
            {
                done.Add(1);
            }
            else
            {
                WhenThereIsNone();
            }
        }

        public void Failed(long began, Exception reason) => Time(began, new KeyValuePair<string, object?>("error.type", reason.GetType().Name));

        private void Time(long began, params ReadOnlySpan<KeyValuePair<string, object?>> more)
        {
            if (began != 0)
            {
                meter.duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, [tag, .. more]);
            }
        }
    }
}
