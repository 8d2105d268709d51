using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WebApp.Account.Operators;

namespace WebApp.Checklist;

/// <summary>The page <c>/checklist</c>, and the pages of <c>docs</c> that it leads to.</summary>
public static class ChecklistPage
{
    private static readonly string Docs = Path.Combine(AppContext.BaseDirectory, "docs");

    /// <summary>Shows the checklist to operators, and in Development to everybody.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddChecklistPage(this IHostApplicationBuilder builder)
    {
        var isOpen = builder.Environment.IsDevelopment();
        builder.Services.Configure<RazorPagesOptions>(pages => _ = isOpen
            ? pages.Conventions.AllowAnonymousToPage("/Checklist/Index")
            : pages.Conventions.AuthorizePage("/Checklist/Index", OperatorRole.Policy));
    }

    /// <summary>Maps the pages of <c>docs</c>, as text, for the same people.</summary>
    /// <param name="app">The application.</param>
    public static void MapChecklistDocs(this WebApplication app)
    {
        var docs = app.MapGet("/checklist/docs/{page}.md", Show);
        _ = app.Environment.IsDevelopment() ? docs.AllowAnonymous() : docs.RequireAuthorization(OperatorRole.Policy);
    }

    /// <summary>Only what is in the folder: the name comes from outside, and is compared, not joined.</summary>
    private static Results<PhysicalFileHttpResult, NotFound> Show(string page)
    {
        var file = Directory.Exists(Docs) ? Directory.EnumerateFiles(Docs, "*.md").FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == page) : null;
        return file is null ? TypedResults.NotFound() : TypedResults.PhysicalFile(file, "text/plain; charset=utf-8");
    }
}
