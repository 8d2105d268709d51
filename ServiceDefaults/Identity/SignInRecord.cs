namespace ServiceDefaults.Identity;

/// <summary>One sign-in of a user.</summary>
/// <param name="Session">The session's id, as <c>ISession.Id</c> has it; no cookie can be made from it.</param>
/// <param name="Device">The browser and its system, in words.</param>
/// <param name="Place">The network that it came from, shortened.</param>
/// <param name="Since">When the user signed in.</param>
public sealed record SignInRecord(string Session, string Device, string Place, DateTimeOffset Since);

/// <summary>A sign-in whose session is alive.</summary>
/// <param name="SignIn">The sign-in.</param>
/// <param name="LastSeen">When the session was last used.</param>
public sealed record SignedInSession(SignInRecord SignIn, DateTimeOffset LastSeen);
