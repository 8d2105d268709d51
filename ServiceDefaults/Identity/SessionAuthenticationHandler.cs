using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults.Errors;
using ServiceDefaults.Sessions;

namespace ServiceDefaults.Identity;

/// <summary>Keeps the signed-in user in the session, on the server: ending the session signs out on every replica at once.</summary>
internal sealed class SessionAuthenticationHandler(
    IOptionsMonitor<SessionAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder, SignedInSessions signedIn, SecurityEvents events)
    : SignInAuthenticationHandler<SessionAuthenticationOptions>(options, logger, encoder)
{
    private const string TicketKey = RequestSession.ReservedPrefix + "Ticket";

    private RequestSession Session => Context.Features.Get<ISessionFeature>()?.Session as RequestSession
        ?? throw new InvalidOperationException("Signing in and out needs UseSessions() before it.");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<ISessionFeature>() is null || ReadTicket() is not { } ticket)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (ticket.Properties.ExpiresUtc <= TimeProvider.GetUtcNow())
        {
            return Task.FromResult(AuthenticateResult.Fail("The sign-in has expired."));
        }

        // Other code, too, may give the session a new id; the list of sign-ins follows.
        Session.Renewed = oldId => RecordAsync(ticket, oldId);
        return Task.FromResult(AuthenticateResult.Success(ticket));
    }

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var id = SignedInUser.IdOf(user);
        if (ReadTicket() is { } present && SignedInUser.IdOf(present.Principal) != id)
        {
            // What one user's session holds is none of the next one's business.
            await EndAsync(present);
        }

        properties ??= new AuthenticationProperties();
        properties.IssuedUtc = TimeProvider.GetUtcNow();
        var ticket = new AuthenticationTicket(user, properties, Scheme.Name);
        try
        {
            await BeginAsync(ticket);
        }
        catch (SessionEndedException)
        {
            // Another request of this browser was faster, as after a double click. Whoever signs in now begins anew, with nothing.
            await Session.EndAsync(CancellationToken.None);
            await BeginAsync(ticket);
        }

        events.SignedIn(id, Session.Id);
        FollowRedirect(properties);
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        await EndAsync(ReadTicket());
        Response.Headers["Clear-Site-Data"] = Options.ClearSiteData;
        FollowRedirect(properties);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Audience.IsPerson(Context))
        {
            // After signing in only an address that was asked for by GET can be asked for again.
            var returnUrl = HttpMethods.IsGet(Request.Method) ? OriginalPathBase + OriginalPath + Request.QueryString : null;
            var signIn = Request.PathBase + Options.SignInPath;
            Response.Redirect(returnUrl is null ? signIn : QueryHelpers.AddQueryString(signIn, SessionAuthenticationOptions.ReturnUrlParameter, returnUrl));
        }
        else
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = Scheme.Name; // a 401 must name a scheme (RFC 9110, section 15.5.2)
        }

        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        events.AccessRefused(ReadTicket() is { } ticket ? SignedInUser.IdOf(ticket.Principal) : null, Context.GetEndpoint()?.DisplayName);
        Response.StatusCode = StatusCodes.Status404NotFound; // what you may not see looks like what does not exist
        return Task.CompletedTask;
    }

    private Task BeginAsync(AuthenticationTicket ticket)
    {
        Session.Set(TicketKey, TicketSerializer.Default.Serialize(ticket));
        Session.Renewed = oldId => RecordAsync(ticket, oldId);
        return Session.RenewIdAsync(Context.RequestAborted);
    }

    private AuthenticationTicket? ReadTicket() =>
        Session.TryGetValue(TicketKey, out var bytes) ? TicketSerializer.Default.Deserialize(bytes) : null;

    private Task RecordAsync(AuthenticationTicket ticket, string? oldSession) => signedIn.RecordAsync(
        SignedInUser.IdOf(ticket.Principal),
        new SignInRecord(
            Session.Id,
            Device.Describe(Request.Headers.UserAgent),
            Place.Describe(Context.Connection.RemoteIpAddress),
            ticket.Properties.IssuedUtc ?? TimeProvider.GetUtcNow()),
        oldSession);

    /// <summary>First the session, then the record of it: what fails half-way has signed out.</summary>
    private async Task EndAsync(AuthenticationTicket? ticket)
    {
        var session = Session.Id;
        await Session.EndAsync(CancellationToken.None);
        Session.Renewed = null;
        if (ticket is not null)
        {
            var user = SignedInUser.IdOf(ticket.Principal);
            await signedIn.ForgetAsync(user, session);
            events.SignedOut(user, session);
        }
    }

    private void FollowRedirect(AuthenticationProperties? properties)
    {
        if (properties?.RedirectUri is { Length: > 0 } address)
        {
            Response.Redirect(address);
        }
    }
}
