using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Tests.Identity;
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

        Assert.Contains("SignInModel.Password", inputs.All);
        Assert.Contains("UsersModel.Name", inputs.All);
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

    [Theory]
    [InlineData("/account/sign-in", "Name", "Password")]
    [InlineData("/account/register", "Name", "Password", "Repeated")]
    public async Task A_form_that_is_wrong_names_each_field_and_keeps_what_was_typed(string page, params string[] fields)
    {
        await using var site = await AccountSite.StartInMemoryAsync();
        using var browser = site.Visitor();

        var empty = await browser.SubmitAsync(page);
        Assert.All(fields, field => Assert.Contains($"id=\"{field}-error\"", empty.Text, StringComparison.Ordinal));

        var tooLong = await browser.SubmitAsync(page, [.. fields.Select(field => (field, new string('x', 300)))]);
        Assert.All(fields[..2], field => Assert.Contains($"id=\"{field}-error\"", tooLong.Text, StringComparison.Ordinal));
        Assert.Contains(new string('x', 300), tooLong.Text, StringComparison.Ordinal);
    }

    private sealed record Careless(string Name, IReadOnlyList<Item> Items);

    private sealed record Item(string Remark);
}
