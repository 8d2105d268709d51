using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Tests.Identity;

namespace Tests.Limits;

/// <summary>Whatever the web app is given is validated, and an error names the field.</summary>
public sealed class InputTests
{
    [Fact]
    public void Every_text_that_a_page_binds_has_a_longest_length()
    {
        var models = typeof(WebApp.Account.SignInModel).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(PageModel)) && !type.IsAbstract).ToArray();

        Assert.True(models.SelectMany(InputsOf).Count() >= 8);
        Assert.Empty(models.SelectMany(InputsOf).Where(input => !input.GetCustomAttributes(inherit: true).Any(IsBound)).Select(input => $"{input.DeclaringType!.Name}.{input.Name}"));
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

    private static IEnumerable<PropertyInfo> InputsOf(Type model) => model.GetProperties()
        .Where(property => property.PropertyType == typeof(string) && (property.IsDefined(typeof(BindPropertyAttribute)) || property.IsDefined(typeof(FromQueryAttribute))));

    private static bool IsBound(object attribute) => attribute is StringLengthAttribute or MaxLengthAttribute or LengthAttribute or CompareAttribute;
}
