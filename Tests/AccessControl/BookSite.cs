using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;
using ServiceDefaults.AccessControl;
using Tests.Identity;
using Tests.Parts;

namespace Tests.AccessControl;

/// <summary>An API over books, on a real Kestrel.</summary>
internal static class BookSite
{
    public static Task<Site> StartAsync(Action<WebApplication>? map = null, bool closesUndeclared = false) => Site.StartAsync(
        app =>
        {
            Dictionary<int, Book> books = new()
            {
                [1] = new() { Id = 1, Title = "One", IsPublished = true, Price = 10, Remark = "worn" },
                [2] = new() { Id = 2, Title = "Two", OwnerId = "ann" },
                [3] = new() { Id = 3, Title = "Three", OwnerId = "ben" },
            };
            app.MapGet("/sign-in/{user}", (HttpContext context, string user) => context.SignInWithAsync(user)).AllowAnonymous();
            app.MapGet("/books", (Access access) => access.Filter(Operation.Read, books.Values)).RequireAccess<Book>(Operation.Read);
            app.MapGet("/books/{id:int}", (int id, Access access) =>
                access.Allowed(Operation.Read, books.GetValueOrDefault(id)) is { } book ? Results.Ok(book) : Results.NotFound()).RequireAccess<Book>(Operation.Read);
            app.MapPut("/books/{id:int}", (int id, Changes<Book> changes, Access access) =>
            {
                if (access.Allowed(Operation.Update, books.GetValueOrDefault(id)) is not { } book)
                {
                    return Results.NotFound();
                }

                changes.ApplyTo(book, Operation.Update, access);
                return Results.Ok(book);
            }).RequireAccess<Book>(Operation.Update);
            app.MapGet("/may-update/{id:int}", async (int id, HttpContext context, IAuthorizationService authorization) =>
                (await authorization.AuthorizeAsync(context.User, books[id], Operation.Update)).Succeeded).AllowAnonymous();
            app.MapDelete("/books/{id:int}", (int id) => books.Remove(id)).RequireAccess<Book>(Operation.Delete);
            map?.Invoke(app);
        },
        services: services =>
        {
            services.AddAccessPolicy<BookPolicy>();
            services.AddControllers();
        },
        closesUndeclared: closesUndeclared);

    private static Task SignInWithAsync(this HttpContext context, string user) =>
        Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.SignInAsync(context, user == "lea" ? Callers.Librarian : SignInEndpoints.Principal(user));
}
