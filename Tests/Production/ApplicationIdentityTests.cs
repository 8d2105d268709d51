using ServiceDefaults.Foundation;

namespace Tests.Production;

/// <summary>The application's name, fit for cookies and keys.</summary>
public sealed class ApplicationIdentityTests
{
    [Theory]
    [InlineData("Shop", "shop")]
    [InlineData("Shop.Web", "shop-web")]
    [InlineData("my shop  2", "my-shop-2")]
    [InlineData("3shop", "3shop")]
    [InlineData("Größe", "gr-e")]
    [InlineData("商店", "app")]
    [InlineData("--Shop--", "shop")]
    public void A_name_becomes_a_slug_of_ascii_letters_digits_and_hyphens(string name, string slug) =>
        Assert.Equal(slug, ApplicationIdentity.ToSlug(name));
}
