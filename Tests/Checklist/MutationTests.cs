using System.Text.Json.Nodes;
using Tests.Parts;

namespace Tests.Checklist;

/// <summary>Every item notices the thing that it guards, and no other.</summary>
public sealed class MutationTests(RedisServer redis) : IClassFixture<RedisServer>
{
    public static TheoryData<string> Ids => [.. Mutations.All.Keys];

    [SkippableFact]
    public async Task A_good_deployment_passes_even_strictly_with_evidence_for_every_item()
    {
        var (exitCode, items) = await new CheckedShop(redis).CheckAsync("--strict");

        Assert.Equal([], Not("ok", items));
        Assert.Equal(0, exitCode);
        Assert.True(items.Length >= 25, $"only {items.Length} items");
        Assert.All(items, item => Assert.True(Text(item, "evidence").Length > 20, Text(item, "id")));
    }

    [SkippableFact]
    public async Task Every_item_has_a_mutation_and_every_mutation_an_item()
    {
        var (_, items) = await new CheckedShop(redis).CheckAsync();

        Assert.Equal(Mutations.All.Keys.Order(StringComparer.Ordinal), items.Select(item => Text(item, "id")).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Ids))]
    public async Task When_what_it_guards_is_changed_the_command_names_it_and_no_other(string id)
    {
        var openRedis = id == "sessions.redis-password";
        if (openRedis)
        {
            RedisServer.RequireRedis("a password that can be removed while it runs");
            await redis.RunAsync("CONFIG", "SET", "requirepass", "");
        }

        var (exitCode, items) = await Mutations.All[id](new CheckedShop(redis)).CheckAsync("--strict");
        if (openRedis)
        {
            await redis.RunAsync("CONFIG", "SET", "requirepass", RedisServer.Password);
        }

        Assert.Equal([id], Not("ok", items).Except(Not("skipped", items, isNot: true)));
        Assert.Equal(1, exitCode);
    }

    [SkippableFact]
    public async Task A_warning_alone_is_a_failure_only_when_asked_strictly()
    {
        var shop = Mutations.All["monitoring.drain"](new CheckedShop(redis));

        Assert.Equal(0, (await shop.CheckAsync()).ExitCode);
        Assert.Equal(1, (await shop.CheckAsync("--strict")).ExitCode);
    }

    private static string[] Not(string outcome, JsonNode[] items, bool isNot = false) =>
        [.. items.Where(item => Text(item, "outcome") == outcome == isNot).Select(item => Text(item, "id"))];

    private static string Text(JsonNode item, string name) => item[name]!.GetValue<string>();
}
