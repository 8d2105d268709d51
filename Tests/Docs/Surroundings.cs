using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Sessions;

namespace Tests.Docs;

#pragma warning disable IDE1006, CA1715, CA1822 // names as the reader's own code has them

/// <summary>What the reader of a snippet has around it: an application, and a shop. Nothing of it is run; it is compiled.</summary>
public abstract class Surroundings
{
    protected WebApplicationBuilder builder { get; } = WebApplication.CreateBuilder();

    protected WebApplication app => builder.Build();

    protected string[] args => [];

    protected ClaimsPrincipal User => new();

    protected Access access => Given<Access>();

    protected IAuthorizationService authorization => Given<IAuthorizationService>();

    protected Shop shop => Given<Shop>();

    protected Order order => Given<Order>();

    protected Changes<Order> changes => Given<Changes<Order>>();

    protected static Task Handle(HttpContext context) => Task.FromResult(context);

    private T Given<T>()
        where T : notnull => (T)app.Services.GetService(typeof(T))!;
}

/// <summary>A class that a snippet names and that nobody here needs to write: an interface serves the compiler.</summary>
public interface MySessionStorage : ISessionStorage;

/// <summary>The same.</summary>
public interface MyErrorPage : IProblemDetailsWriter;

#pragma warning restore IDE1006, CA1715, CA1822

/// <summary>What a shop has in its database.</summary>
public sealed class Shop
{
    public IQueryable<Order> Orders { get; } = Enumerable.Empty<Order>().AsQueryable();
}

/// <summary>An order.</summary>
public sealed class Order
{
    public int Id { get; set; }

    public string CustomerId { get; set; } = "";

    public bool IsPaid { get; set; }

    public string Lines { get; set; } = "";
}

/// <summary>An offer.</summary>
public sealed record Offer(string Name, decimal Price);

/// <summary>The offers of a shop.</summary>
public sealed class Offers
{
    private readonly List<Offer> all = [];

    public Task<IReadOnlyList<Offer>> ListAsync() => Task.FromResult<IReadOnlyList<Offer>>(all);

    public Task AddAsync(Offer offer)
    {
        all.Add(offer);
        return Task.CompletedTask;
    }
}
