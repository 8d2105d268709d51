using System.Globalization;
using System.Text;

namespace WebApp.Notes;

/// <summary>What a note may hold; the same for the pages and the API.</summary>
internal static class NoteRules
{
    public const int TitleLength = 120;

    public const int TextLength = 50_000;

    public const int ModerationLength = 500;

    /// <summary>A form may be this large, so that a text that is too long is told so, with all of it still in its field.</summary>
    public const int FormBytes = 4 * 1024 * 1024;

    private const char Mark = '\uFFFD';

    private static readonly char[] UnshownInALine = [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(char.IsControl)];

    private static readonly char[] Unshown = [.. UnshownInALine.Except("\n\t")];

    /// <summary>What was typed, to be shown in its field again: HTML cannot hold what cannot be shown.</summary>
    public static string? Shown(string? typed) => typed is null ? null : string.Concat(typed.Select(character => Unshown.Contains(character) && character != '\r' ? Mark : character));

    /// <summary>As it is kept: line ends as one character, whatever the browser sends.</summary>
    public static void Tidy(Note note)
    {
        note.Title = note.Title.Trim();
        note.Text = note.Text.ReplaceLineEndings("\n").Trim();
    }

    /// <summary>What is wrong, and with which field.</summary>
    public static IEnumerable<(string Field, string Problem)> Problems(Note note) =>
    [
        .. Problems(nameof(Note.Title), "title", note.Title, TitleLength, hasLines: false),
        .. Problems(nameof(Note.Text), "text", note.Text, TextLength, hasLines: true),
    ];

    /// <summary>What is wrong with a moderator's reason.</summary>
    public static IEnumerable<(string Field, string Problem)> ModerationProblems(string? reason) => Problems(nameof(Note.Moderation), "reason", reason, ModerationLength, hasLines: true);

    private static IEnumerable<(string Field, string Problem)> Problems(string field, string label, string? value, int length, bool hasLines)
    {
        if (value is null || !value.EnumerateRunes().Any(IsSeen))
        {
            yield return (field, $"Enter a {label}.");
        }
        else if (value.Length > length)
        {
            yield return (field, string.Create(CultureInfo.InvariantCulture, $"The {label} has {value.Length:N0} characters; at most {length:N0} are kept."));
        }
        else if (value.IndexOfAny(hasLines ? Unshown : UnshownInALine) is >= 0 and var at)
        {
            yield return (field, $"The {label} holds a character that cannot be shown (U+{(int)value[at]:X4}). Remove it: it is marked with {Mark}.");
        }
    }

    /// <summary>A text of blanks and invisible characters would be a link that nobody can see.</summary>
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
