using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;
using ServiceDefaults.Secrets;

namespace ServiceDefaults.Identity;

/// <summary>Bounds how often a password may be guessed: for one name, and from one address, on all replicas together (ASVS 2.4.1).</summary>
/// <remarks>
/// A name is counted as it was typed, so that one that does not exist is locked like one that does. Nothing readable is
/// kept: counters are named by an HMAC under the application secret.
/// </remarks>
/// <param name="attempts">The counters.</param>
/// <param name="events">What happens is logged.</param>
/// <param name="options">The limits.</param>
/// <param name="derived">The key for the counters' names.</param>
public sealed class SignInThrottle(ISignInAttempts attempts, SecurityEvents events, IOptions<SignInOptions> options, DerivedKeys derived)
{
    private readonly byte[] key = derived.For("sign-in-attempts")[0];

    /// <summary>Counts an attempt as failed until it succeeds; before the password is looked at, so that parallel guesses are counted too.</summary>
    /// <param name="name">The name as it was typed, in the form in which names are compared.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The attempt; make it only when it is allowed.</returns>
    public async Task<SignInAttempt> BeginAsync(string name, IPAddress? address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        var limits = options.Value;
        var nameCounter = CounterFor("name", name);
        var addressCounter = CounterFor("address", ClientNetwork.Of(address));

        var fromAddress = await attempts.CountAsync(addressCounter, limits.AttemptsPerAddress, limits.AttemptWindow, cancellationToken);
        if (!fromAddress.IsAllowed)
        {
            events.SignInRefused("address");
            return new SignInAttempt { AddressWait = fromAddress.Wait };
        }

        var forName = await attempts.CountAsync(nameCounter, limits.AttemptsPerName, limits.AttemptWindow, cancellationToken);
        if (!forName.IsAllowed)
        {
            events.SignInRefused("name");
            return new SignInAttempt { NameWait = forName.Wait };
        }

        return new SignInAttempt
        {
            WhenFailed = user =>
            {
                events.SignInFailed(user);
                LogLockOut("name", forName.Count, limits.AttemptsPerName, user);
                LogLockOut("address", fromAddress.Count, limits.AttemptsPerAddress, user);
            },
            WhenSucceeded = async () =>
            {
                await attempts.ForgetAsync(nameCounter, CancellationToken.None);
                // Only this one attempt: whoever has one password right must not go on guessing others'.
                await attempts.TakeBackAsync(addressCounter, CancellationToken.None);
            },
        };
    }

    /// <summary>Counts a new account, before it is made.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Zero when it may be made; else how long until one may.</returns>
    public async Task<TimeSpan> CountRegistrationAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var count = await attempts.CountAsync(CounterFor("registration", ClientNetwork.Of(address)), limits.RegistrationsPerAddress, limits.RegistrationWindow, cancellationToken);
        if (!count.IsAllowed)
        {
            events.SignInRefused("registration");
        }

        return count.Wait;
    }

    /// <summary>Counts a form that was sent to any endpoint with <see cref="SignInRateAttribute"/>, whatever comes of it.</summary>
    internal async Task<RequestCount> CountRequestAsync(IPAddress? address, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var count = await attempts.CountAsync(CounterFor("request", ClientNetwork.Of(address)), limits.RequestsPerAddress, limits.AttemptWindow, cancellationToken);
        return new RequestCount(count, limits.RequestsPerAddress, limits.AttemptWindow);
    }

    private string CounterFor(string kind, string value) => $"{kind}:{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}:{value}")))}";

    private void LogLockOut(string what, int count, int limit, string? user)
    {
        if (count >= limit)
        {
            events.LockedOut(what, user);
        }
    }

    internal readonly record struct RequestCount(AttemptCount Counted, int Limit, TimeSpan Window);
}
