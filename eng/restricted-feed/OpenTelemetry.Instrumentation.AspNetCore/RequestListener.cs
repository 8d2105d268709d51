using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>Names and describes the activity that ASP.NET Core starts for each request.</summary>
internal sealed class RequestListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    internal const string SourceName = "Microsoft.AspNetCore";

    private readonly AspNetCoreTraceInstrumentationOptions options;
    private readonly List<IDisposable> subscriptions = [];

    public RequestListener(AspNetCoreTraceInstrumentationOptions options)
    {
        this.options = options;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == SourceName)
        {
            subscriptions.Add(value.Subscribe(this, name => name.StartsWith("Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal)));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not HttpContext context || Activity.Current is not { } activity)
        {
            return;
        }

        if (value.Key.EndsWith(".Start", StringComparison.Ordinal))
        {
            Start(activity, context);
        }
        else if (value.Key.EndsWith(".Stop", StringComparison.Ordinal) && activity.IsAllDataRequested)
        {
            Stop(activity, context);
        }
    }

    private void Start(Activity activity, HttpContext context)
    {
        if (options.Filter?.Invoke(context) == false)
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        activity.SetTag("http.request.method", context.Request.Method);
        activity.SetTag("url.scheme", context.Request.Scheme);
        activity.SetTag("url.path", context.Request.Path.Value);
        activity.SetTag("server.address", context.Request.Host.Host);
        activity.SetTag("network.protocol.version", context.Request.Protocol.Replace("HTTP/", "", StringComparison.Ordinal));
    }

    private static void Stop(Activity activity, HttpContext context)
    {
        var status = context.Response.StatusCode;
        activity.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            activity.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            activity.SetStatus(ActivityStatusCode.Error);
        }

        // The exception handler takes the endpoint away, and keeps it in its feature.
        var endpoint = context.Features.Get<IExceptionHandlerPathFeature>()?.Endpoint ?? context.GetEndpoint();
        if ((endpoint as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            activity.SetTag("http.route", route);
            activity.DisplayName = $"{context.Request.Method} {route}";
        }
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    public void Dispose() => subscriptions.ForEach(subscription => subscription.Dispose());
}
