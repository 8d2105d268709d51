using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServiceDefaults.Checks;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Identity;

/// <summary>What the checklist asks about sign-in.</summary>
internal static class IdentityItems
{
    public static readonly ChecklistItem[] All =
    [
        new()
        {
            Id = "identity.scheme",
            Title = "A sign-in is kept in the session: with a new id, listed, and ended everywhere at once",
            Asvs = ["7.2.4", "7.4.1", "7.4.5", "7.5.2"],
            Fix = "Leave AuthenticationOptions.DefaultSignInScheme to AddSignIn, and add remote schemes beside it.",
            Check = async inspection =>
            {
                var scheme = await inspection.Service<IAuthenticationSchemeProvider>().GetDefaultSignInSchemeAsync();
                return new Finding(scheme?.HandlerType == typeof(SessionAuthenticationHandler), $"The scheme that signs in is {scheme?.Name ?? "none"}, by {scheme?.HandlerType.Name ?? "nobody"}.");
            },
        },
        new()
        {
            Id = "identity.sessions",
            Title = "A user who changes the password can end all other sessions, and an operator all of them",
            Asvs = ["7.4.3", "7.4.5", "7.5.2"],
            Needs = "sessions.redis",
            Fix = "Leave ISignInRecords to AddSignIn, or mend your own: its class has to pass Tests/Identity/SignInRecordsConformance.cs.",
            Check = async inspection =>
            {
                var user = $"checklist-{Guid.NewGuid():n}";
                var signedIn = ActivatorUtilities.CreateInstance<SignedInSessions>(inspection.Service<IServiceProvider>(), new SecurityEvents(NullLogger<SecurityEvents>.Instance, inspection.Service<SignInMeter>(), inspection.Service<TimeProvider>()));
                var (here, elsewhere) = (await BeginAsync(inspection, user), await BeginAsync(inspection, user));
                var listed = await signedIn.ListAsync(user, inspection.CancellationToken);
                var others = await signedIn.EndAllAsync(user, here, by: user, inspection.CancellationToken);
                var rest = await signedIn.ListAsync(user, inspection.CancellationToken);
                var all = await signedIn.EndAllAsync(user, except: null, by: user, inspection.CancellationToken);
                foreach (var session in new[] { here, elsewhere }) // should they still be there
                {
                    await inspection.Service<ISessionStorage>().EndAsync(session, inspection.CancellationToken);
                }

                return new Finding(
                    listed.Count == 2 && others == 1 && rest is [var stays] && stays.SignIn.Session == here && all == 1,
                    $"Of a user's {listed.Count} listed sessions {others} was ended from the other one; {rest.Count} stayed until all were ended.");
            },
        },
        new()
        {
            Id = "identity.guessing",
            Title = "Passwords can be guessed only so often",
            Asvs = ["2.4.1"],
            Needs = "sessions.redis",
            Options = typeof(SignInOptions),
            Fix = "Leave ISignInAttempts to AddSignIn, or mend your own.",
            Check = async inspection =>
            {
                var (limits, attempts) = (inspection.Options<SignInOptions>(), inspection.Service<ISignInAttempts>());
                var counter = $"checklist:{Guid.NewGuid():n}";
                AttemptCount last = default;
                for (var i = 0; i <= limits.AttemptsPerName; i++)
                {
                    last = await attempts.CountAsync(counter, limits.AttemptsPerName, limits.AttemptWindow, inspection.CancellationToken);
                }

                await attempts.ForgetAsync(counter, inspection.CancellationToken);
                return new Finding(!last.IsAllowed, $"Of {limits.AttemptsPerName + 1} attempts within {limits.AttemptWindow} the last was {(last.IsAllowed ? "allowed" : "refused")}, by {attempts.GetType().Name}.");
            },
        },
        new()
        {
            Id = "identity.events",
            Title = "Sign-ins, those that failed and refused access are logged",
            Asvs = ["16.3.1", "16.3.2"],
            Fix = "Set Logging:LogLevel:ServiceDefaults.Identity to Information.",
            Check = inspection =>
            {
                var logger = inspection.Service<ILogger<SecurityEvents>>();
                return new Finding(logger.IsEnabled(LogLevel.Information), $"{typeof(SecurityEvents).FullName} is logged from {Enum.GetValues<LogLevel>().FirstOrDefault(logger.IsEnabled, LogLevel.None)} upwards.");
            },
        },
        new()
        {
            Id = "identity.clear-site-data",
            Title = "Signing out clears what the browser keeps of this site",
            Severity = Severity.Warning,
            Asvs = ["14.3.1"],
            Fix = "Let SessionAuthenticationOptions.ClearSiteData name \"cache\" and \"storage\".",
            Check = inspection =>
            {
                var header = inspection.Service<IOptionsMonitor<SessionAuthenticationOptions>>().Get(SessionAuthenticationOptions.Scheme).ClearSiteData;
                return new Finding(header.Contains("\"cache\"", StringComparison.Ordinal) && header.Contains("\"storage\"", StringComparison.Ordinal), $"A sign-out sends Clear-Site-Data: {header}");
            },
        },
    ];

    /// <summary>A session that is recorded as a sign-in.</summary>
    private static async Task<string> BeginAsync(Inspection inspection, string user)
    {
        var answer = await inspection.SendAsync(new()
        {
            Endpoint = context =>
            {
                context.Session.SetString("rehearsal", "1");
                return context.Response.WriteAsync(context.Session.Id);
            },
        });
        var record = new SignInRecord(answer.Body, "rehearsal", "rehearsal", inspection.Service<TimeProvider>().GetUtcNow());
        await inspection.Service<ISignInRecords>().AddAsync(user, record, inspection.CancellationToken);
        return answer.Body;
    }
}
