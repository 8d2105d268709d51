using ServiceDefaults;
using ServiceDefaults.Production;
using WebApp.Counter;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/"); // one folder per feature

// Instead of Build() and Run(): verifies the configuration and what it points to before anything listens.
return await builder.RunVerifiedAsync(app =>
{
    app.UseServiceDefaults();
    app.MapDefaultEndpoints();
    app.MapStaticAssets().ShortCircuit();
    app.MapRazorPages().WithStaticAssets();
    app.MapCounter();
});
