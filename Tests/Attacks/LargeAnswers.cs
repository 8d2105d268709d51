using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(Tests.Attacks.LargeAnswers))]

namespace Tests.Attacks;

/// <summary>
/// Answers of 5 MB for attackers to read, made in each way that a handler may choose. The web app's process loads them when it
/// is told to (<c>ASPNETCORE_HOSTINGSTARTUPASSEMBLIES</c>), behind its whole pipeline: it has nothing as large itself.
/// </summary>
public sealed class LargeAnswers : IHostingStartup, IStartupFilter
{
    public const int Bytes = 5 * 1024 * 1024;

    private static readonly string Text = new('x', Bytes);
    private static readonly Lazy<string> File = new(() =>
    {
        var path = Path.GetTempFileName();
        System.IO.File.WriteAllText(path, Text);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.Delete(path);
        return path;
    });

    private static readonly Dictionary<PathString, RequestDelegate> Answers = new()
    {
        ["/large/shared-text"] = context => context.Response.WriteAsync(Text),
        ["/large/own-text"] = context => context.Response.WriteAsync(new string('x', Bytes)),
        ["/large/own-bytes"] = async context => await context.Response.Body.WriteAsync(new byte[Bytes]),
        ["/large/json"] = context => context.Response.WriteAsJsonAsync(Enumerable.Range(0, Bytes / 100).Select(_ => Text[..97])),
        ["/large/session"] = context =>
        {
            context.Session.SetInt32("a", 1);
            return context.Response.WriteAsync(Text);
        },
        ["/large/file"] = context => context.Response.SendFileAsync(File.Value),
    };

    public void Configure(IWebHostBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES") == "Tests")
        {
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));
        }
    }

    /// <summary>The endpoint is chosen before routing, which leaves it alone: so it is at the end of the whole pipeline.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, pipeline) =>
        {
            if (Answers.TryGetValue(context.Request.Path, out var answer))
            {
                context.SetEndpoint(new Endpoint(answer, new EndpointMetadataCollection(new AllowAnonymousAttribute()), context.Request.Path));
            }

            return pipeline(context);
        });
        next(app);
    };
}
