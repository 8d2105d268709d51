using ServiceDefaults.Foundation;

namespace ServiceDefaults.Identity;

/// <summary>
/// Lets one line of the log through in a minute for each user who is refused, and counts the others: nobody fills the log, and
/// nobody hides behind another.
/// </summary>
internal sealed class RefusedUsers(TimeProvider clock)
{
    private const int Most = 10_000; // then all are forgotten, at the cost of a line each

    private readonly Dictionary<string, Refusals> users = new(StringComparer.Ordinal);

    /// <param name="user">Who was refused; null when nobody was signed in.</param>
    /// <param name="unlogged">How often that user has been since the line before, without one.</param>
    /// <returns>Whether there is to be a line.</returns>
    public bool IsDue(string? user, out int unlogged)
    {
        lock (users)
        {
            if (users.Count >= Most)
            {
                users.Clear();
            }

            users.TryAdd(user ?? "", new Refusals(new OnceAMinute(clock)));
            var refusals = users[user ?? ""];
            unlogged = refusals.Unlogged;
            var isDue = refusals.Line.IsDue();
            refusals.Unlogged = isDue ? 0 : unlogged + 1;
            return isDue;
        }
    }

    private sealed class Refusals(OnceAMinute line)
    {
        public OnceAMinute Line => line;

        public int Unlogged { get; set; }
    }
}
