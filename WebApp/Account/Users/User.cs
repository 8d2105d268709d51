namespace WebApp.Account.Users;

/// <summary>An account.</summary>
public sealed class User
{
    /// <summary>Opaque and for ever: it may appear in logs.</summary>
    public string Id { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>As the user wrote it.</summary>
    public string Name { get; set; } = "";

    /// <summary>As names are compared.</summary>
    public string NormalizedName { get; set; } = "";

    /// <summary>With algorithm, iterations and salt.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>New with every change of the password.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>New with every write, so that two writes at the same time do not undo each other.</summary>
    public string Version { get; set; } = "";

    /// <summary>A copy to work on.</summary>
    public User Copy() => (User)MemberwiseClone();
}
