using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Foundation;

/// <summary>Marks responses that are the framework's page for exceptions, with inline styles and scripts; Development only.</summary>
internal sealed class DeveloperPage
{
    private DeveloperPage()
    {
    }

    /// <summary>Whether the response is marked.</summary>
    public static bool Is(HttpContext context) => context.Features.Get<DeveloperPage>() is not null;

    /// <summary>Marks the response, which must not have started.</summary>
    public static void Mark(HttpContext context) => context.Features.Set(new DeveloperPage());
}
