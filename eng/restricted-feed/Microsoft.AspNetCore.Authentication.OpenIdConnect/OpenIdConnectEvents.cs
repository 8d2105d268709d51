namespace Microsoft.AspNetCore.Authentication.OpenIdConnect;

/// <summary>Where an application takes part in a sign-in.</summary>
public class OpenIdConnectEvents : RemoteAuthenticationEvents
{
    /// <summary>Called when the ID token is known to be good.</summary>
    public Func<TokenValidatedContext, Task> OnTokenValidated { get; set; } = _ => Task.CompletedTask;

    /// <summary>Calls <see cref="OnTokenValidated"/>.</summary>
    public virtual Task TokenValidated(TokenValidatedContext context) => OnTokenValidated(context);
}
