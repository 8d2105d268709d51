using Microsoft.AspNetCore.Authorization;

namespace ServiceDefaults.AccessControl;

/// <summary>Something that can be done with an item. An operation of your own is a static field with a name of its own.</summary>
/// <remarks>It is a requirement, too: <c>authorization.AuthorizeAsync(user, note, Operation.Update)</c>.</remarks>
/// <param name="Name">The name, in lower case; two operations of the same name are the same.</param>
public sealed record Operation(string Name) : IAuthorizationRequirement
{
    /// <summary>Make a new item.</summary>
    public static readonly Operation Create = new("create");

    /// <summary>See an item.</summary>
    public static readonly Operation Read = new("read");

    /// <summary>Change an item.</summary>
    public static readonly Operation Update = new("update");

    /// <summary>Remove an item.</summary>
    public static readonly Operation Delete = new("delete");

    /// <inheritdoc />
    public override string ToString() => Name;
}
