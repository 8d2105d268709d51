using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>Whatever the web app is given is validated, and an error names the field.</summary>
public sealed class InputTests
{
    [Fact]
    public async Task Every_input_of_every_endpoint_is_validated()
    {
        await using var app = WholeWebApp.Create();
        var inputs = await InputModels.OfAsync(app.Services);

        Assert.Contains("UserSessionsModel.Id", inputs.All);
        Assert.Equal([], inputs.Unvalidated);
    }

    [Fact]
    public async Task One_that_is_not_is_found()
    {
        await using var site = await Site.StartAsync(
            app =>
            {
                app.MapPost("/body", (Careless body) => body.Name);
                app.MapPost("/form", ([FromForm] Tree form) => form.Name);
                app.MapControllers();
            },
            services: services => services.AddControllers());

        var inputs = await InputModels.OfAsync(site.Services);

        Assert.Contains("Careless.Name", inputs.Unvalidated);
        Assert.Contains("Item.Remark", inputs.Unvalidated);
        Assert.Contains("Tree, which AddValidation() does not know", inputs.Unvalidated);
        Assert.DoesNotContain("Tree.Name", inputs.Unvalidated);
    }

    private sealed record Careless(string Name, IReadOnlyList<Item> Items);

    private sealed record Item(string Remark);
}
