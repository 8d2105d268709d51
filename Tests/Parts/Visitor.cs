using System.Net;
using System.Net.Http.Json;

namespace Tests.Parts;

/// <summary>One browser: keeps its cookies, follows no redirect, and, unlike <see cref="CookieContainer"/>, sends Secure cookies to this machine.</summary>
public sealed class Visitor : HttpClient
{
    private readonly Jar jar;

    /// <param name="site">Where it is.</param>
    /// <param name="network">How to get there; by default straight.</param>
    public Visitor(Uri site, SocketsHttpHandler? network = null)
        : this(site, new Jar { InnerHandler = Plain(network ?? new SocketsHttpHandler()) })
    {
    }

    private Visitor(Uri site, Jar jar)
        : base(jar)
    {
        this.jar = jar;
        BaseAddress = site;
    }

    /// <summary>What this browser holds, by name; a test may steal, forge and plant cookies.</summary>
    public IDictionary<string, string> Cookies => jar.Cookies;

    /// <summary>The session cookie's value.</summary>
    public string SessionCookie
    {
        get => Cookies.Single(cookie => cookie.Key.EndsWith("-session", StringComparison.Ordinal)).Value;
        set => Cookies[Cookies.Keys.Single(name => name.EndsWith("-session", StringComparison.Ordinal))] = value;
    }

    /// <summary>As seen behind a proxy on this machine that ends TLS.</summary>
    public Visitor OverHttps()
    {
        DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return this;
    }

    private static SocketsHttpHandler Plain(SocketsHttpHandler network)
    {
        network.AllowAutoRedirect = false;
        network.Expect100ContinueTimeout = Eventually.Patience; // a busy machine is not impatient
        network.UseCookies = false;
        network.ActivityHeadersPropagator = null;
        return network;
    }

    public async Task<int> CountAsync() => (await this.GetFromJsonAsync<Answer>("/counter"))!.Views;

    private sealed record Answer(int Views);

    private sealed class Jar : DelegatingHandler
    {
        public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (Cookies)
            {
                if (Cookies.Count > 0)
                {
                    request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
                }
            }

            var response = await base.SendAsync(request, cancellationToken);
            lock (Cookies)
            {
                foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
                {
                    Keep(set);
                }
            }

            return response;
        }

        private void Keep(string set)
        {
            var pair = set.Split(';')[0].Split('=', 2);
            if (set.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }
    }
}
