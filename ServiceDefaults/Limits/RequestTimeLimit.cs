using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Limits;

/// <summary>Gives up a request whose answer does not begin in time.</summary>
internal sealed partial class RequestTimeLimit(IOptions<LimitOptions> limits, LimitAnswers answers, TimeProvider clock, ILogger<RequestTimeLimit> logger)
    : IConfigureOptions<RequestTimeoutOptions>
{
    private readonly OnceAMinute notice = new(clock);

    public static void Add(IServiceCollection services, ILoggingBuilder logging)
    {
        services.AddRequestTimeouts();
        services.AddSingleton<IConfigureOptions<RequestTimeoutOptions>, RequestTimeLimit>();
        logging.AddFilter("Microsoft.AspNetCore.Http.Timeouts", LogLevel.Error); // it would warn with every request
    }

    public void Configure(RequestTimeoutOptions options) => options.DefaultPolicy = new RequestTimeoutPolicy
    {
        Timeout = limits.Value.RequestTime,
        WriteTimeoutResponse = AnswerAsync,
    };

    private Task AnswerAsync(HttpContext context)
    {
        if (notice.IsDue(context))
        {
            LogGivenUp(context.GetEndpoint()?.DisplayName, limits.Value.RequestTime.TotalSeconds);
        }

        return answers.WriteAsync(context, LimitHit.RequestTime(limits.Value.RequestTime));
    }

    [LoggerMessage(LogLevel.Warning, "A request to {Endpoint} was given up: its answer had not begun after {Seconds} s (Limits:RequestTime).")]
    private partial void LogGivenUp(string? endpoint, double seconds);
}
