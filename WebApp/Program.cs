using ServiceDefaults;
using ServiceDefaults.Production;
using WebApp.Account;
using WebApp.Counter;
using WebApp.Notes;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/"); // one folder per feature
builder.Services.AddValidation(); // of what minimal APIs are given, by the attributes of its type; pages do it themselves
builder.Services.AddAccounts(); // register, sign in, and where you are signed in
builder.Services.AddNotes(); // the sample: write, publish, moderate

// Instead of Build() and Run(): verifies the configuration and what it points to before anything listens.
return await builder.RunVerifiedAsync(app =>
{
    app.UseServiceDefaults();
    app.MapDefaultEndpoints();
    app.MapStaticAssets().AllowAnonymous().ShortCircuit();
    app.MapRazorPages().WithStaticAssets();
    app.MapCounter();
    app.MapNotes();
});
