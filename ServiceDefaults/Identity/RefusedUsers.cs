using ServiceDefaults.Production;

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
    /// <param name="leftOut">How often that user has been since the line before, without one.</param>
    /// <returns>Whether there is to be a line.</returns>
    public bool IsDue(string? user, out int leftOut)
    {
        lock (users)
        {
            if (users.Count >= Most)
            {
                users.Clear();
            }

            users.TryAdd(user ?? "", new Refusals(new OnceAMinute(clock)));
            var refusals = users[user ?? ""];
            leftOut = refusals.LeftOut;
            var isDue = refusals.Line.IsDue();
            refusals.LeftOut = isDue ? 0 : leftOut + 1;
            return isDue;
        }
    }

    private sealed class Refusals(OnceAMinute line)
    {
        public OnceAMinute Line => line;

        public int LeftOut { get; set; }
    }
}
