namespace Tests.Template;

/// <summary>
/// Combinations in which every value of an option meets every value of every other: what goes wrong, goes wrong with one
/// option or with two (D. R. Kuhn et al., NIST SP 800-142), and all of them would be hundreds.
/// </summary>
internal static class Combinations
{
    /// <summary>Begins each with a pair that has not met yet, and then takes the values that meet the most new ones.</summary>
    /// <param name="options">The values of each option.</param>
    public static IReadOnlyList<IReadOnlyList<string>> OfEveryTwo(IReadOnlyList<IReadOnlyList<string>> options)
    {
        var apart = Pairs(options).ToHashSet();
        var combinations = new List<IReadOnlyList<string>>();
        while (apart.Count > 0)
        {
            var first = apart.First();
            var chosen = new Dictionary<int, string> { [first.Left] = first.LeftValue, [first.Right] = first.RightValue };
            foreach (var option in Enumerable.Range(0, options.Count).Where(option => !chosen.ContainsKey(option)))
            {
                chosen[option] = options[option].MaxBy(value => chosen.Count(other => apart.Contains(Pair.Of(option, value, other.Key, other.Value))))!;
            }

            combinations.Add([.. chosen.OrderBy(choice => choice.Key).Select(choice => choice.Value)]);
            apart.ExceptWith(PairsIn(combinations[^1]));
        }

        return combinations;
    }

    /// <summary>All that have to meet.</summary>
    public static IEnumerable<Pair> Pairs(IReadOnlyList<IReadOnlyList<string>> options) =>
        from left in Enumerable.Range(0, options.Count)
        from right in Enumerable.Range(left + 1, options.Count - left - 1)
        from leftValue in options[left]
        from rightValue in options[right]
        select new Pair(left, leftValue, right, rightValue);

    /// <summary>Those that meet in a combination.</summary>
    public static IEnumerable<Pair> PairsIn(IReadOnlyList<string> combination) => Pairs([.. combination.Select(value => new[] { value })]);

    internal readonly record struct Pair(int Left, string LeftValue, int Right, string RightValue)
    {
        public static Pair Of(int one, string oneValue, int other, string otherValue) =>
            one < other ? new(one, oneValue, other, otherValue) : new(other, otherValue, one, oneValue);
    }
}
