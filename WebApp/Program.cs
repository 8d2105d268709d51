using ServiceDefaults;
using ServiceDefaults.Production;
using WebApp.Account;
using WebApp.Counter;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/"); // one folder per feature
builder.Services.AddValidation(); // of what minimal APIs are given, by the attributes of its type; pages do it themselves
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
