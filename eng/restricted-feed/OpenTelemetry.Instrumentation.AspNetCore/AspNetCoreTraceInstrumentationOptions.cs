using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>What is traced of incoming requests.</summary>
public sealed class AspNetCoreTraceInstrumentationOptions
{
    /// <summary>Says whether a request is traced; without it every request is.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }
}
