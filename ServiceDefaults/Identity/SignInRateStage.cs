using Microsoft.AspNetCore.Http;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Identity;

/// <summary>Counts the forms that are sent to endpoints with <see cref="SignInRateAttribute"/>, over all replicas.</summary>
internal sealed class SignInRateStage(SignInThrottle signIn) : IRateStage
{
    public async ValueTask<Standing?> CountAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<SignInRateAttribute>() is null)
        {
            return null;
        }

        var (counted, limit, window) = await signIn.CountRequestAsync(context.Connection.RemoteIpAddress, cancellationToken);
        return new Standing("sign-in", limit, window, limit - counted.Count, window, counted.IsAllowed ? null : counted.Wait);
    }
}
