using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Sessions;

/// <summary>What holds between settings.</summary>
internal sealed class SessionStoreOptionsRules(IHostEnvironment environment, IOptions<SessionOptions> session) : IValidateOptions<SessionStoreOptions>
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public ValidateOptionsResult Validate(string? name, SessionStoreOptions options)
    {
        var problems = new List<string>();
        if (options is { Effective: SessionStoreKind.Redis, RedisIsConfigured: false })
        {
            problems.Add("Session:Store is Redis, but no Redis is configured. Set ConnectionStrings:redis or REDIS_URL.");
        }

        if (options is { Store: null, RedisIsConfigured: false, HasOwnStore: false } && !environment.IsDevelopment())
        {
            problems.Add("No session store is configured. Set ConnectionStrings:redis or REDIS_URL; or, for a single process whose sessions may be lost, Session:Store to Memory.");
        }

        if (session.Value.IdleTimeout <= TimeSpan.Zero || session.Value.IdleTimeout > options.AbsoluteTimeout)
        {
            problems.Add($"Session:IdleTimeout is {session.Value.IdleTimeout}; it must be more than zero and not above Session:AbsoluteTimeout, {options.AbsoluteTimeout}.");
        }

        if (session.Value.IOTimeout <= TimeSpan.Zero || session.Value.IOTimeout > LongestWait)
        {
            problems.Add($"Session:IOTimeout is {session.Value.IOTimeout}; it must be more than zero and at most {LongestWait}.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
