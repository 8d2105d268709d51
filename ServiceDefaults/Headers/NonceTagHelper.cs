using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ServiceDefaults.Headers;

/// <summary>Turns <c>asp-nonce</c> of an inline script or style into the nonce of this answer.</summary>
[HtmlTargetElement("script", Attributes = Attribute)]
[HtmlTargetElement("style", Attributes = Attribute)]
public sealed class NonceTagHelper : TagHelper
{
    private const string Attribute = "asp-nonce";

    /// <summary>Where the element is rendered.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Attributes.RemoveAll(Attribute);
        output.Attributes.SetAttribute("nonce", CspNonce.Of(ViewContext.HttpContext));
    }
}
