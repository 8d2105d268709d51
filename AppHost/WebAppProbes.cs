namespace AppHost;

/// <summary>When the web app counts as started, alive and ready: here, and where it is deployed.</summary>
internal static class WebAppProbes
{
    /// <summary>
    /// Restarted when <c>/alive</c> fails, sent requests while <c>/ready</c> succeeds. A start may take a minute, for one
    /// that is slow is no reason to begin again.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> webApp) => webApp
        .WithHttpHealthCheck("/ready")
        .WithProbe(ProbeType.Startup, "/alive", seconds: 2, failures: 30)
        .WithProbe(ProbeType.Liveness, "/alive", seconds: 10, failures: 3)
        .WithProbe(ProbeType.Readiness, "/ready", seconds: 5, failures: 2);

    /// <summary>The probe of a kind; for the web app every kind is there.</summary>
    public static EndpointProbeAnnotation Probe(this IResource resource, ProbeType type) =>
        resource.Annotations.OfType<EndpointProbeAnnotation>().Single(probe => probe.Type == type);

    /// <summary>Not <c>WithHttpProbe</c>: it adds a health check for each, and two of the same path are refused.</summary>
    private static IResourceBuilder<ProjectResource> WithProbe(
        this IResourceBuilder<ProjectResource> webApp, ProbeType type, string path, int seconds, int failures) =>
        webApp.WithAnnotation(new EndpointProbeAnnotation
        {
            Type = type,
            EndpointReference = webApp.GetEndpoint("http"),
            Path = path,
            PeriodSeconds = seconds,
            TimeoutSeconds = 3, // /ready gives the session store one
            FailureThreshold = failures,
            SuccessThreshold = 1,
        });
}
