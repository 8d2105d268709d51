using ServiceDefaults;
using ServiceDefaults.Monitoring;
using ServiceDefaults.Production;
using WebApp.Account;
using WebApp.Counter;

if (args is ["probe", var address])
{
    return await ProbeCommand.RunAsync(address); // a container's health check: the image has neither a shell nor curl
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/"); // one folder per feature
builder.Services.AddAccounts(); // register, sign in, and where you are signed in

// Instead of Build() and Run(): verifies the configuration and what it points to before anything listens.
return await builder.RunVerifiedAsync(app =>
{
    app.UseServiceDefaults();
    app.MapDefaultEndpoints();
    app.MapStaticAssets().ShortCircuit();
    app.MapRazorPages().WithStaticAssets();
    app.MapCounter();
});
