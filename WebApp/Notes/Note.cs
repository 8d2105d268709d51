namespace WebApp.Notes;

/// <summary>A note. Who may see and change what of it, <see cref="NotePolicy"/> says.</summary>
public sealed class Note
{
    /// <summary>Opaque and for ever; later notes have larger ones.</summary>
    public string Id { get; init; } = Guid.CreateVersion7().ToString("N");

    public string Title { get; set; } = "";

    public string Text { get; set; } = "";

    public string AuthorId { get; init; } = "";

    /// <summary>The author's name, for readers.</summary>
    public string Author { get; init; } = "";

    public bool IsPublished { get; set; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Changed { get; set; }

    /// <summary>Why a moderator took it off the site; while this stands it cannot be published.</summary>
    public string? Moderation { get; set; }

    /// <summary>New with every write. Whoever changes the note says which version they saw.</summary>
    public string Version { get; set; } = "";

    /// <summary>A copy to work on.</summary>
    public Note Copy() => (Note)MemberwiseClone();
}
