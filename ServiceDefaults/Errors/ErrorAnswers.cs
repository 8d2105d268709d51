using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Errors;
using ServiceDefaults.Foundation;

namespace ServiceDefaults;

/// <summary>Registers how errors are answered: with something to quote, and nothing of the inside.</summary>
public static class ErrorAnswers
{
    /// <summary>Adds problem details (RFC 9457) for programs and a page for people.</summary>
    /// <remarks>A page of your own is an <see cref="IProblemDetailsWriter"/> that is registered before.</remarks>
    /// <param name="builder">The application's builder.</param>
    public static void AddErrorAnswers(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IProblemDetailsWriter, ErrorPage>(); // before the framework's, which would take its requests
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions["traceId"] = ErrorAnswer.CodeOf(context.HttpContext);
            context.ProblemDetails.Extensions.Remove("exception");
        });
        builder.Services.AddExceptionHandler<ExpectedFailureHandler>();
    }

    /// <summary>Answers what goes wrong below: exceptions, and status codes without a body.</summary>
    /// <param name="app">The application.</param>
    public static void UseErrorAnswers(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var isDevelopment = app.Environment.IsDevelopment();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // A body that is too large, cut off or malformed is the client's error, and Kestrel has named it.
            StatusCodeSelector = exception => (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError,

            // What is expected is logged where it happens, once and not for each request; and the developer's page logs by itself.
            SuppressDiagnosticsCallback = context => isDevelopment || context.ExceptionHandledBy == ExceptionHandledType.ExceptionHandlerService,
            ExceptionHandler = isDevelopment ? BuildDeveloperPage(app) : null,
        });
        app.UseStatusCodePages();
    }

    /// <summary>The framework's page, with the stack trace, for what nobody expected.</summary>
    private static RequestDelegate BuildDeveloperPage(IApplicationBuilder app)
    {
        var branch = app.New();
        branch.Use((context, next) =>
        {
            DeveloperPage.Mark(context);
            return next(context);
        });
        branch.UseDeveloperExceptionPage();
        branch.Run(context => Task.FromException(context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error));
        return branch.Build();
    }
}
