using ServiceDefaults;
using ServiceDefaults.Production;
using WebApp.Counter;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/"); // one folder per feature

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapStaticAssets().ShortCircuit();
app.MapRazorPages().WithStaticAssets();
app.MapCounter();

return await app.RunVerifiedAsync();
