using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ServiceDefaults.Responses;

/// <summary>
/// Reads a form before MVC does, which would make an error of a field out of one that is too large, and run the page. Pages
/// without antiforgery come here; for all others the form has been read.
/// </summary>
internal sealed class FormIsReadFirst : IValueProviderFactory
{
    public async Task CreateValueProviderAsync(ValueProviderFactoryContext context)
    {
        var request = context.ActionContext.HttpContext.Request;
        if (request.HasFormContentType)
        {
            await request.ReadFormAsync();
        }
    }
}
