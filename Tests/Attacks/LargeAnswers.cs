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

    public void Configure(IWebHostBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES") == "Tests")
        {
            builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(this));
        }
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        app.Map("/large/shared-text", large => large.Run(context => context.Response.WriteAsync(Text)));
        app.Map("/large/own-text", large => large.Run(context => context.Response.WriteAsync(new string('x', Bytes))));
        app.Map("/large/own-bytes", large => large.Run(async context => await context.Response.Body.WriteAsync(new byte[Bytes])));
        app.Map("/large/json", large => large.Run(context => context.Response.WriteAsJsonAsync(Enumerable.Range(0, Bytes / 100).Select(_ => Text[..97]))));
        app.Map("/large/session", large => large.Run(context =>
        {
            context.Session.SetInt32("a", 1);
            return context.Response.WriteAsync(Text);
        }));
        app.Map("/large/file", large => large.Run(context => context.Response.SendFileAsync(File.Value)));
    };
}
