using ServiceDefaults;
using ServiceDefaults.Health;
using ServiceDefaults.Start;
using WebApp.Account;
using WebApp.Checklist;
using WebApp.Counter;
using WebApp.Notes;

if (args is ["probe", var address])
{
    return await ProbeCommand.RunAsync(address); // a container's health check: the image has neither a shell nor curl
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/"); // one folder per feature
builder.Services.AddValidation(); // of what minimal APIs are given, by the attributes of its type; pages do it themselves
builder.Services.AddAccounts(); // register, sign in, and where you are signed in
builder.Services.AddNotes(); // the sample: write, publish, moderate
builder.AddChecklistPage(); // for operators, and in Development for everybody

// Instead of Build() and Run(): verifies the configuration, what it points to and the checklist before anything listens.
return await builder.RunVerifiedAsync(args, app =>
{
    app.UseServiceDefaults();
    app.MapDefaultEndpoints();
    app.MapStaticAssets().AllowAnonymous().ShortCircuit();
    app.MapRazorPages().WithStaticAssets();
    app.MapCounter();
    app.MapNotes();
    app.MapChecklistDocs();
});
