using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Tests.Parts;

/// <summary>The web app with its own <c>Program.cs</c>, in the tests' process: for what can be asked of it without a request.</summary>
internal static class WholeWebApp
{
    public static WebApplicationFactory<Program> Create() => new WebApplicationFactory<Program>().WithWebHostBuilder(web => web
        .UseSetting("SECRET", Site.Secret)
        .UseSetting("Session:Store", "Memory")
        .UseSetting("AllowedHosts", "shop.example")
        .UseSetting("Limits:Queue:Delay", "00:00:10") // as in Site: it shares the threads of other tests
        .UseEnvironment("Production"));
}
