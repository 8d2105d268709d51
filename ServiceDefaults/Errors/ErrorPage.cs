using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Foundation;

namespace ServiceDefaults.Errors;

/// <summary>
/// The page on which people read what went wrong. It needs neither Razor nor a session nor a script, because it has to work
/// when they do not.
/// </summary>
/// <remarks>It has the look of the web app if that has a <c>site.css</c>, and else a plain one of its own.</remarks>
internal sealed class ErrorPage(IWebHostEnvironment environment, ApplicationIdentity identity, HtmlEncoder encoder, IInlineNonce? nonce = null) : IProblemDetailsWriter
{
    private const string OwnStyle = """
        :root { background: Canvas; color: CanvasText; color-scheme: light dark }
        body { font: 1rem/1.6 system-ui, sans-serif; margin: 2rem auto; max-inline-size: 40rem; overflow-wrap: break-word; padding-inline: 1.25rem }
        a { color: LinkText }
        """;

    private bool HasSiteStyle => environment.WebRootFileProvider.GetFileInfo("site.css").Exists;

    public bool CanWrite(ProblemDetailsContext context) => Audience.IsPerson(context.HttpContext);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(Html(context), CancellationToken.None); // the request may be over its time, and this says so
    }

    private string NonceFor(HttpContext context) => nonce is null ? "" : $" nonce=\"{nonce.Of(context)}\"";

    private string Html(ProblemDetailsContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var (title, whatToDo) = ErrorSentences.Of(status);
        var name = encoder.Encode(identity.Name);
        var root = encoder.Encode(context.HttpContext.Request.PathBase.ToUriComponent());
        var style = HasSiteStyle
            ? $"<link rel=\"stylesheet\" href=\"{root}/site.css\">"
            : $"<style{NonceFor(context.HttpContext)}>{OwnStyle}</style>";
        var detail = context.ProblemDetails.Detail is { Length: > 0 } text ? $"<p>{encoder.Encode(text)}</p>" : "";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <meta name="robots" content="noindex">
              <title>{title} · {name}</title>
              {style}
            </head>
            <body>
              <header class="site"><a class="name" href="{root}/">{name}</a></header>
              <main id="main">
                <h1>{title}</h1>
                <section class="card">
                  {detail}
                  <p>{whatToDo}</p>
                  <p><a href="{root}/">Go to the start page</a></p>
                </section>
                <p class="note">Status {status}. If you ask us for help, quote this code: <code>{encoder.Encode(ErrorAnswer.CodeOf(context.HttpContext))}</code></p>
              </main>
            </body>
            </html>

            """;
    }
}
