using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;
using Tests.Parts;

namespace Tests.Garnet;

/// <summary>Garnet as <c>engine/DevelopmentRedis</c> configures it: its data survives a kill, and stays small.</summary>
[Trait(Tier.Name, Tier.All)] // restores and builds Garnet, which a machine with a redis-server does not need
public sealed class GarnetTests : IAsyncLifetime
{
    private const int SecondsOfADay = 24 * 60 * 60;
    private const long SegmentBytes = 8 << 20;

    /// <summary>The checkpoint takes the place of a file of 16 MB; a segment and the hash index of 4 MB come on top.</summary>
    private const long MostBytes = 32 << 20;

    private readonly GarnetServer garnet = new();

    public Task InitializeAsync() => garnet.InitializeAsync();

    public Task DisposeAsync() => garnet.DisposeAsync();

    [Fact]
    public async Task A_count_goes_on_after_a_kill()
    {
        Assert.Equal(1, await garnet.Database.HashIncrementAsync("session", "views"));
        Assert.Equal(2, await garnet.Database.HashIncrementAsync("session", "views"));

        await RestartAsync();

        Assert.Equal(3, await garnet.Database.HashIncrementAsync("session", "views"));
    }

    [Fact]
    public async Task A_day_of_increments_leaves_a_small_file()
    {
        const string script = "redis.call('HSET', KEYS[1], 'padding', ARGV[1]); redis.call('PEXPIRE', KEYS[1], 604800000); return redis.call('HINCRBY', KEYS[1], 'views', 1)";
        RedisValue[] padding = [new string('x', 500)];
        for (var done = 0; done < SecondsOfADay; done += 1_000)
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(1_000, SecondsOfADay - done)).Select(_ => garnet.Database.ScriptEvaluateAsync(script, ["session"], padding)));
        }

        Assert.InRange(Written(), MostBytes, long.MaxValue); // what follows proves nothing unless more was written than may be kept
        await Eventually.TrueAsync(() => Task.FromResult(Stored() <= MostBytes), "a checkpoint has taken the place of the append-only file");

        await RestartAsync();
        Assert.Equal(SecondsOfADay, await garnet.Database.HashGetAsync("session", "views"));
    }

    [Fact]
    public async Task More_data_than_fits_drops_the_oldest()
    {
        var value = new byte[100_000];
        for (var i = 0; i < 4_000; i++)
        {
            await garnet.Database.StringSetAsync($"key:{i}", value);
        }

        Assert.True(await garnet.Database.KeyExistsAsync("key:3999"));
        Assert.False(await garnet.Database.KeyExistsAsync("key:0"));
    }

    [Fact]
    public async Task No_command_without_the_password()
    {
        var options = new ConfigurationOptions { EndPoints = { { "127.0.0.1", garnet.Port } } };

        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(options));
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused()
    {
        var (exitCode, error) = await RunAsync(FreePort.Next(), garnet.Folder);

        Assert.Equal(1, exitCode);
        Assert.Equal($"Garnet stopped: another process uses {garnet.Folder}. Stop the other AppHost of this solution first.", error);
    }

    [Fact]
    public async Task A_busy_port_is_named()
    {
        var (exitCode, error) = await RunAsync(garnet.Port, Path.Combine(garnet.Folder, "other"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"127.0.0.1:{garnet.Port}", error, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AOF/aof.log.0", 10_000)]
    [InlineData("AOF/log-commits/*", 0)]
    public async Task Damaged_data_is_refused_and_kept(string pattern, int offset)
    {
        for (var i = 0; i < 300; i++)
        {
            await garnet.Database.HashIncrementAsync($"session:{i}", "views");
        }

        garnet.Stop();
        var damaged = Directory.GetFiles(Path.Combine(garnet.Folder, Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern));
        foreach (var file in damaged)
        {
            await using var stream = File.OpenWrite(file);
            stream.Position = offset;
            await stream.WriteAsync(Enumerable.Repeat((byte)'x', 400).ToArray());
        }

        var before = Contents();
        var (exitCode, error) = await RunAsync(garnet.Port, garnet.Folder);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Garnet stopped: the data in {garnet.Folder} is damaged, and was left as it is. Move the folder away to start without data.", error, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    private async Task RestartAsync()
    {
        garnet.Stop();
        await garnet.StartAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return await garnet.Database.PingAsync() >= TimeSpan.Zero;
                }
                catch (RedisException)
                {
                    return false;
                }
            },
            "the client is connected again");
    }

    private string[] Files() => Directory.GetFiles(garnet.Folder, "*", SearchOption.AllDirectories);

    /// <summary>The bytes on the disk.</summary>
    private long Stored() => Files().Select(file => new FileInfo(file)).Sum(file => file.Exists ? file.Length : 0);

    /// <summary>The bytes that were ever appended: segments are numbered from the first one.</summary>
    private long Written() => SegmentBytes * Files().Where(file => Path.GetFileName(file).StartsWith("aof.log.", StringComparison.Ordinal) && new FileInfo(file).Length > 0)
        .Max(file => long.Parse(Path.GetExtension(file)[1..], CultureInfo.InvariantCulture));

    private Dictionary<string, string> Contents() => Files().ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));

    private static async Task<(int ExitCode, string Error)> RunAsync(int port, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [await GarnetProgram.Built, port.ToString(CultureInfo.InvariantCulture), folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["REDIS_PASSWORD"] = RedisServer.Password;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, (await error).Trim());
    }
}
