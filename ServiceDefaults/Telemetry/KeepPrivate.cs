using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults.Telemetry;

/// <summary>Takes out of spans what a visitor has chosen and may be personal: the path becomes the route, which has names in the place of values.</summary>
internal sealed class KeepPrivate : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem("url.path") is not null)
        {
            data.SetTag("url.path", data.GetTagItem("http.route"));
            data.SetTag("url.query", null);
            data.SetTag("user_agent.original", null);
        }
    }
}
