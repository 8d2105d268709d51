using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Checks;
using ServiceDefaults.Secrets;

namespace ServiceDefaults.Sessions;

/// <summary>What the checklist asks about sessions, and about a rotated secret, which has to open them.</summary>
internal static class SessionItems
{
    private const string Key = "rehearsal";
    private const int Visits = 20;
    private const int LargestCookie = 4096; // ASVS 3.3.5; browsers drop what is larger

    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "sessions.settings",
            Title = "Sessions have a store, an idle limit and an absolute limit",
            Asvs = ["7.3.1", "7.3.2"],
            Options = typeof(SessionStoreOptions),
            Fix = "Set Session:IdleTimeout to at most Session:AbsoluteTimeout, and that to 90 days or fewer.",
            Check = inspection =>
            {
                var (idle, absolute) = (inspection.Options<SessionOptions>().IdleTimeout, inspection.Options<SessionStoreOptions>().AbsoluteTimeout);
                return new Finding(
                    idle <= absolute && absolute <= TimeSpan.FromDays(90),
                    string.Create(CultureInfo.InvariantCulture, $"A session ends {idle.TotalDays:0.##} days after its last use, and {absolute.TotalDays:0.##} days after it began."));
            },
        },
        new()
        {
            Id = "sessions.shared",
            Title = "Sessions survive a restart, and every replica sees them",
            Severity = Severity.Warning,
            Fix = "Configure Redis with ConnectionStrings:redis or REDIS_URL, and remove Session:Store.",
            Check = inspection =>
            {
                var storage = inspection.Service<ISessionStorage>();
                return new Finding(storage.IsShared, $"Sessions are kept in {storage.Name}, which is {(storage.IsShared ? "shared" : "gone with this process")}.");
            },
        },
        new()
        {
            Id = "sessions.round-trip",
            Title = "What one request stores the next one reads, and after the end nobody does",
            Asvs = ["7.2.3", "7.4.1"],
            Needs = "sessions.redis",
            Fix = "Mend the session store: its class has to pass Tests/Sessions/StorageConformance.cs.",
            Check = async inspection =>
            {
                var value = Guid.NewGuid().ToString();
                var session = await WriteAsync(inspection, value);
                var read = await ReadAsync(inspection, session);
                await EndAsync(inspection, session);
                var afterwards = await ReadAsync(inspection, session);
                return new Finding(
                    read == value && afterwards == "",
                    $"One request stored a value, the next {(read == value ? "read it" : "did not read it")}, and after the end {(afterwards == "" ? "the same cookie opened nothing" : "the same cookie still opened it")}.");
            },
        },
        new()
        {
            Id = "sessions.counter",
            Title = "Parallel visits are all counted",
            Needs = "sessions.redis",
            Fix = "Mend IncrementAsync of the session store: it has to be one step.",
            Check = async inspection =>
            {
                var session = await WriteAsync(inspection, "");
                await Task.WhenAll(Enumerable.Range(0, Visits).Select(_ => inspection.SendAsync(new() { After = session, Endpoint = async context => await context.Session.IncrementAsync("visits") })));
                var counted = await inspection.SendAsync(new()
                {
                    After = session,
                    Endpoint = context => context.Response.WriteAsync(context.Session.GetInt32("visits")?.ToString(CultureInfo.InvariantCulture) ?? "0"),
                });
                await EndAsync(inspection, session);
                return new Finding(counted.Body == Visits.ToString(CultureInfo.InvariantCulture), $"{Visits} visits at the same time counted {counted.Body}.");
            },
        },
        new()
        {
            Id = "sessions.outage",
            Title = "When the store is away, a visitor hears that, and nothing pretends to have been saved",
            Asvs = ["16.5.2"],
            Fix = "Catch SessionStoreUnavailableException nowhere: the pipeline answers it.",
            Check = async inspection =>
            {
                var answer = await inspection.SendAsync(new() { Endpoint = _ => throw new SessionStoreUnavailableException("load", new TimeoutException()) });
                var patience = inspection.Options<SessionOptions>().IOTimeout;
                return new Finding(
                    answer.Status == StatusCodes.Status503ServiceUnavailable && answer.Headers.RetryAfter.Count > 0,
                    string.Create(CultureInfo.InvariantCulture, $"A request that could not load its session was answered {answer.Status}, Retry-After: {answer.Headers.RetryAfter}; the store is given up after {patience.TotalSeconds} s."));
            },
        },
        new()
        {
            Id = "sessions.cookie",
            Title = "The cookie holds a signed random id, bound to this host, and stays small: the data is on the server",
            Asvs = ["3.3.3", "3.3.5", "7.2.3"],
            Needs = "sessions.redis",
            Fix = "Leave Session:Cookie:Name unset, or shorten it.",
            Check = async inspection =>
            {
                var session = await WriteAsync(inspection, new string('x', LargestCookie));
                await EndAsync(inspection, session);
                var cookie = session.Cookies.Single();
                return new Finding(
                    cookie.Length <= LargestCookie && cookie.StartsWith("__Host-", StringComparison.Ordinal),
                    $"A session with {LargestCookie} characters in it left a cookie of {cookie.Length}.");
            },
        },
        new()
        {
            Id = "secrets.rotation",
            Title = "A secret that is rotated out is another one, and what it signed still opens its session",
            Severity = Severity.Warning,
            Asvs = ["13.3.4"],
            Fix = "Set SECRET_PREVIOUS to the secret that was used before, and remove it when its sessions are over.",
            Check = inspection =>
            {
                var secret = inspection.Options<ApplicationSecret>();
                if (secret.Previous is null)
                {
                    return new Finding(true, "No rotation is under way: SECRET_PREVIOUS is not set.");
                }

                using var previous = new SessionToken.Signer(new DerivedKeys(Microsoft.Extensions.Options.Options.Create(new ApplicationSecret { Current = secret.Previous })));
                var token = inspection.Service<SessionToken.Signer>().Verify(previous.Create().Value);
                return new Finding(token is { IsCurrent: false }, token switch
                {
                    null => "A cookie that SECRET_PREVIOUS signed opens nothing.",
                    { IsCurrent: true } => "SECRET_PREVIOUS is the same as SECRET.",
                    _ => "A cookie that SECRET_PREVIOUS signed opens its session, and is signed again.",
                });
            },
        },
    ];

    private static Task<RehearsedAnswer> WriteAsync(Inspection inspection, string value) => inspection.SendAsync(new()
    {
        Endpoint = context =>
        {
            context.Session.SetString(Key, value);
            return Task.CompletedTask;
        },
    });

    private static async Task<string> ReadAsync(Inspection inspection, RehearsedAnswer session) =>
        (await inspection.SendAsync(new() { After = session, Endpoint = context => context.Response.WriteAsync(context.Session.GetString(Key) ?? "") })).Body;

    private static Task<RehearsedAnswer> EndAsync(Inspection inspection, RehearsedAnswer session) =>
        inspection.SendAsync(new() { After = session, Endpoint = context => context.Session.EndAsync() });
}
