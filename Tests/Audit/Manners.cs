using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tests.Audit;

/// <summary>How a site that is not ours behaves: well, unless a test says otherwise.</summary>
internal sealed record Manners
{
    public Dictionary<string, string?> Headers { get; init; } = new()
    {
        ["Content-Security-Policy"] = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Referrer-Policy"] = "no-referrer",
        ["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains",
        ["X-Content-Type-Options"] = "nosniff",
    };

    public string Cookie { get; init; } = "__Host-id=1; Path=/; Secure; HttpOnly; SameSite=Lax";

    public string CacheControl { get; init; } = "no-store";

    public bool ListensForTls { get; init; } = true;

    public SslProtocols Tls { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    public string CertificateName { get; init; } = OtherSite.Host;

    public int RedirectStatus { get; init; } = 308;

    public string HealthPath { get; init; } = "/health";

    public string Health { get; init; } = "Healthy";

    public bool ChecksHost { get; init; } = true;

    /// <summary>A certificate's life, in days from now.</summary>
    public (int From, int Until) Life { get; init; } = (-1, 90);

    /// <summary>Middleware before everything.</summary>
    public Action<WebApplication> Outside { get; init; } = _ => { };

    public Manners With(string header, string? value) => this with { Headers = new(Headers) { [header] = value } };

    public Manners WithMiddleware(Func<HttpContext, RequestDelegate, Task> middleware) => this with { Outside = app => app.Use(middleware) };
}
