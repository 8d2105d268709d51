using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDefaults.Headers;
using Tests.Parts;

namespace Tests.Headers;

/// <summary>A policy says what it seems to say; what would be unsafe or without effect stops the start.</summary>
public sealed class HeaderOptionsTests
{
    public static TheoryData<string, Action<SecurityHeadersOptions>, string> Mistakes => new()
    {
        { "inline scripts", headers => headers.ContentSecurityPolicy.Scripts.Allow("'unsafe-inline'"), "\"'unsafe-inline'\" in script-src. It would let injected code run." },
        { "eval", headers => headers.ContentSecurityPolicy.Scripts.Allow("'UNSAFE-eval'"), "\"'UNSAFE-eval'\" in script-src." },
        { "inline styles", headers => headers.ContentSecurityPolicy.Styles.Allow("'unsafe-inline'"), "\"'unsafe-inline'\" in style-src." },
        { "a fixed nonce", headers => headers.ContentSecurityPolicy.Scripts.Allow("'nonce-abc'"), "A nonce that is written down is known to everybody." },
        { "a second directive", headers => headers.ContentSecurityPolicy.Images.Allow("https://a.example; script-src *"), "A source is one word" },
        { "a second header", headers => headers.ContentSecurityPolicy.Images.Allow("https://a.example\r\nSet-Cookie: a=b"), "\"https://a.example??Set-Cookie: a=b\" in img-src. A source is one word" },
        { "a line break at the end", headers => headers.ContentSecurityPolicy.Images.Allow("https://a.example\n"), "\"https://a.example?\" in img-src. A source is one word" },
        { "a second policy", headers => headers.ContentSecurityPolicy.Images.Allow("https://a.example,script-src"), "A source is one word" },
        { "everything", headers => headers.ContentSecurityPolicy.Images.Allow("*"), "\"*\" in img-src. A source is 'self'" },
        { "every site over TLS", headers => headers.ContentSecurityPolicy.Images.Allow("https:"), "\"https:\" in img-src. A source is 'self'" },
        { "every host", headers => headers.ContentSecurityPolicy.Images.Allow("https://*"), "A source is 'self'" },
        { "plain HTTP", headers => headers.ContentSecurityPolicy.Images.Allow("http://images.example"), "over TLS, such as https://cdn.example" },
        { "a host without a scheme", headers => headers.ContentSecurityPolicy.Images.Allow("images.example"), "over TLS, such as https://cdn.example" },
        { "self without quotes", headers => headers.ContentSecurityPolicy.Images.Allow("self"), "\"self\" in img-src. A source is 'self'" },
        { "a misspelt keyword", headers => headers.ContentSecurityPolicy.Images.Allow("'selff'"), "A source is 'self'" },
        { "data: scripts", headers => headers.ContentSecurityPolicy.Scripts.AllowData(), "\"data:\" in script-src. Whoever can inject" },
        { "an unknown directive", headers => headers.ContentSecurityPolicy["image-src"].AllowSelf(), "the directive \"image-src\", which is not one of CSP Level 3" },
        { "a fixed directive", headers => headers.ContentSecurityPolicy["object-src"].AllowSelf(), "the directive \"object-src\"" },
        { "an injected directive", headers => headers.ContentSecurityPolicy["img-src *; script-src"].AllowSelf(), "the directive \"img-src *; script-src\"" },
        { "an injected feature", headers => headers.PermissionsPolicy.Deny("camera=*, usb"), "\"camera=*, usb\", which is no name of a feature" },
        { "a feature with a line break", headers => headers.PermissionsPolicy.AllowSelf("usb\n"), "\"usb?\", which is no name of a feature" },
        { "an unknown referrer policy", headers => headers.ReferrerPolicy = "never", "SecurityHeadersOptions.ReferrerPolicy is no policy" },
        { "the whole address to everybody", headers => headers.ReferrerPolicy = "unsafe-url", "SecurityHeadersOptions.ReferrerPolicy is no policy" },
        { "an injected opener policy", headers => headers.OpenerPolicy = "same-origin\r\nA: b", "SecurityHeadersOptions.OpenerPolicy is no policy" },
        { "an unknown resource policy", headers => headers.ResourcePolicy = "*", "SecurityHeadersOptions.ResourcePolicy is no policy" },
        { "an unknown embedder policy", headers => headers.EmbedderPolicy = "", "SecurityHeadersOptions.EmbedderPolicy is no policy" },
    };

    public static TheoryData<string, Action<SecurityHeadersOptions>, string> Weaknesses => new()
    {
        { "scripts of others", headers => headers.ContentSecurityPolicy.Scripts.Allow("https://cdn.example"), "Content-Security-Policy: script-src trusts other sites (https://cdn.example)." },
        { "framed by others", headers => headers.ContentSecurityPolicy.FrameAncestors.Allow("https://portal.example"), "Content-Security-Policy: frame-ancestors trusts other sites" },
        { "WebAssembly", headers => headers.ContentSecurityPolicy.Scripts.Allow("'wasm-unsafe-eval'"), "Content-Security-Policy: script-src lets WebAssembly" },
        { "a referrer policy", headers => headers.ReferrerPolicy = "no-referrer-when-downgrade", "Referrer-Policy: no-referrer-when-downgrade" },
        { "an opener policy", headers => headers.OpenerPolicy = "unsafe-none", "Cross-Origin-Opener-Policy: unsafe-none" },
        { "a resource policy", headers => headers.ResourcePolicy = "cross-origin", "Cross-Origin-Resource-Policy: cross-origin" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_stops_the_start_and_says_what_to_write(string what, Action<SecurityHeadersOptions> mistake, string sentence)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(services => services.Configure(mistake)));

        Assert.True(refused.Failures.Single().Contains(sentence, StringComparison.Ordinal), $"{what}: {refused.Message}");
    }

    [Theory]
    [MemberData(nameof(Weaknesses))]
    public void A_weaker_header_is_named(string what, Action<SecurityHeadersOptions> weaker, string sentence)
    {
        var headers = new SecurityHeadersOptions();
        Assert.Empty(headers.Weaknesses());

        weaker(headers);

        var weakness = Assert.Single(headers.Weaknesses());
        Assert.True(weakness.Contains(sentence, StringComparison.Ordinal), $"{what}: {weakness}");
    }

    [Fact]
    public void What_is_allowed_is_in_the_header_once_and_what_is_not_is_forbidden()
    {
        var policy = new ContentSecurityPolicy();
        policy.Scripts.AllowSelf().AllowSelf();
        policy.Images.Allow("https://*.images.example:8443/small/").AllowBlob();
        policy.Fonts.AllowNothing();
        policy["worker-src"].AllowSelf();

        Assert.Equal(
            "default-src 'none'; base-uri 'none'; object-src 'none'; connect-src 'self'; font-src 'none'; form-action 'self'; frame-ancestors 'none'; "
            + "img-src 'self' blob: data: https://*.images.example:8443/small/; script-src 'self'; style-src 'self'; worker-src 'self'; report-uri /csp-reports; report-to csp",
            policy.ToHeader(nonce: null));
    }

    [Fact]
    public async Task What_the_policy_lets_in_from_elsewhere_the_embedder_policy_does_not_block_again()
    {
        await using var site = await StartAsync(services => services.Configure<SecurityHeadersOptions>(headers =>
        {
            headers.ContentSecurityPolicy.Images.Allow("https://images.example");
            headers.PermissionsPolicy.AllowSelf("geolocation").Deny("fullscreen");
            headers.ReferrerPolicy = "no-referrer";
        }));
        using var browser = site.Visitor();

        var headers = (await browser.GetAsync("/alive")).Headers;

        Assert.Equal("unsafe-none", headers.GetValues("Cross-Origin-Embedder-Policy").Single());
        Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("fullscreen=(), geolocation=(self),", headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
    }

    private static Task<Site> StartAsync(Action<IServiceCollection> services) => Site.StartAsync(_ => { }, services: services);
}
