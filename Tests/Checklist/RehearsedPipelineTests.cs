using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Checklist;
using Tests.Parts;

namespace Tests.Checklist;

/// <summary>What was examined before the start is what visitors are served by.</summary>
public sealed class RehearsedPipelineTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task The_server_takes_the_pipeline_that_was_rehearsed_and_no_second_one_is_built(string environment)
    {
        var (built, passed) = (0, 0);
        await using var site = await Site.StartAsync(
            app =>
            {
                app.Use(next =>
                {
                    built++;
                    return context =>
                    {
                        passed++;
                        return next(context);
                    };
                });
                app.MapGet("/", () => "hello").AllowAnonymous();
            },
            environment: environment);
        await site.Services.GetRequiredService<ChecklistRunner>().RunAsync(CancellationToken.None);
        var rehearsed = passed;

        Assert.Equal("hello", await site.Visitor().GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Equal(1, built);
        Assert.True(rehearsed > 20, $"only {rehearsed} requests were rehearsed");
        Assert.Equal(rehearsed + 1, passed);
    }

    [Fact]
    public async Task A_startup_filter_of_ones_own_is_in_it_once()
    {
        await using var site = await Site.StartAsync(
            app => app.MapGet("/", (HttpContext context) => $"{context.Items["passed"]}").AllowAnonymous(),
            services: services => services.AddSingleton<IStartupFilter, Counts>());

        Assert.Equal("1", await site.Visitor().GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    private sealed class Counts : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Items["passed"] = 1 + (context.Items["passed"] as int? ?? 0);
                return following(context);
            });
            next(app);
        };
    }
}
