using System.Globalization;

namespace WebApp.Notes;

/// <summary>What everybody sees of a published note in a list; the same for all, so that caches may keep it.</summary>
public sealed record NoteSummary(string Id, string Title, string Author, DateTimeOffset Created, string Beginning)
{
    private const int Length = 200;

    /// <summary>Of a note.</summary>
    public static NoteSummary Of(Note note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return new NoteSummary(note.Id, note.Title, note.Author, note.Created, BeginningOf(note.Text));
    }

    /// <summary>Cut between what readers see as characters: an emoji may be ten of C#'s.</summary>
    private static string BeginningOf(string text)
    {
        var end = 0;
        while (end < Length && end < text.Length)
        {
            end += StringInfo.GetNextTextElementLength(text, end);
        }

        return end < text.Length ? text[..end] + "…" : text;
    }
}
