using ServiceDefaults.Caching;

namespace Tests.Caching;

/// <summary>The policy of any tree of hints is what the rules say, by a model that is written another way.</summary>
public sealed class HintTreeTests
{
    private const int Trees = 5_000;

    private static readonly string[] Names = ["notes", "author", "draft", "0", "1"];

    [Fact]
    public void Any_tree_of_hints_comes_to_the_shortest_max_age_and_to_private_if_one_part_is()
    {
        for (var seed = 0; seed < Trees; seed++)
        {
            var steps = Generate(new Random(seed));

            var hints = new CacheHints();
            foreach (var step in steps)
            {
                Apply(hints, step);
            }

            Assert.True(Model(steps) == hints.Policy?.ToString(), $"seed {seed}: expected {Model(steps)}, got {hints.Policy} from\n{string.Join('\n', steps)}");
        }
    }

    [Fact]
    public void The_trees_are_of_every_kind()
    {
        var policies = Enumerable.Range(0, Trees).Select(seed => Model(Generate(new Random(seed)))).ToArray();

        Assert.Contains(policies, policy => policy is null);
        Assert.Contains(policies, policy => policy == "max-age=0, private");
        Assert.Contains(policies, policy => policy == "max-age=0, public");
        Assert.InRange(policies.Count(policy => policy is not null && !policy.Contains("=0,", StringComparison.Ordinal)), Trees / 5, Trees);
        Assert.InRange(policies.Count(policy => policy?.EndsWith("public", StringComparison.Ordinal) == true), Trees / 10, Trees);
    }

    /// <summary>Every path's steps, merged part by part from the last one back; then the least of all.</summary>
    private static string? Model(IReadOnlyList<Step> steps)
    {
        var paths = steps.Select((step, i) => (Name: step.Path ?? $"#{i}", step)).GroupBy(pair => pair.Name, pair => pair.step);
        var parts = paths.Select(path =>
        (
            MaxAge: path.LastOrDefault(step => step.Seconds is not null)?.Seconds ?? 0,
            IsPublic: path.LastOrDefault(step => step.Scope is not null)?.Scope == CacheScope.Public)).ToArray();
        return parts.Length == 0 ? null : $"max-age={parts.Min(part => part.MaxAge)}, {(parts.All(part => part.IsPublic) ? "public" : "private")}";
    }

    private static List<Step> Generate(Random random)
    {
        var careful = random.Next(3) == 0; // a tree in which every step sets everything
        var open = random.Next(2) == 0; // and one in which nothing is private
        return [.. Enumerable.Range(0, random.Next(12)).Select(_ => new Step(
            random.Next(4) == 0 ? null : string.Join('/', Enumerable.Range(0, random.Next(4)).Select(_ => Names[random.Next(Names.Length)])),
            careful || random.Next(3) > 0 ? random.Next(open ? 1 : 0, 200) : null,
            careful || random.Next(3) > 0 ? (open || random.Next(4) > 0 ? CacheScope.Public : CacheScope.Private) : null))];
    }

    private static void Apply(CacheHints hints, Step step)
    {
        var maxAge = step.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        if (step.Path is null)
        {
            hints.Add(maxAge, step.Scope);
        }
        else
        {
            var names = step.Path.Split('/');
            names.Skip(1).Aggregate(hints.At(names[0]), (path, name) => path.At(name)).Set(maxAge, step.Scope);
        }
    }

    private sealed record Step(string? Path, int? Seconds, CacheScope? Scope);
}
