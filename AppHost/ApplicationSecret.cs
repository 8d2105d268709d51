namespace AppHost;

/// <summary>The one secret from which the web app derives every key.</summary>
internal static class ApplicationSecret
{
    /// <summary>Generated at the first run and kept in user secrets; asked for, and never written down, when published.</summary>
    /// <remarks>
    /// 50 characters are what Django's deploy check asks for, and of these 56 hold 290 bits. Letters and digits only:
    /// others break env files (https://github.com/microsoft/aspire/issues/10693).
    /// </remarks>
    public static IResourceBuilder<ParameterResource> AddApplicationSecret(this IDistributedApplicationBuilder builder) =>
        builder.AddParameter(
            "application-secret",
            new GenerateParameterDefault { MinLength = 50, Special = false },
            secret: true,
            persist: true);
}
