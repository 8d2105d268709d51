using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Benchmarks;

/// <summary>A web application that is measured.</summary>
/// <param name="Name">Its folder in benchmarks/.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="HasSession">False for the ceiling, which has none.</param>
internal abstract partial record Contender(string Name, string Title, bool HasSession = true)
{
    public static readonly Contender Ours = new DotNet("ours", "ours, the whole pipeline on");

    public static readonly Contender Bare = new DotNet("bare", "a bare endpoint, no session", HasSession: false);

    public static readonly IReadOnlyList<Contender> All =
        [Ours, new DotNet("stock", "ASP.NET Core's session"), new Node("express", "Express"), Bare];

    /// <summary>Ours, which sends traces, metrics and logs; see <see cref="TelemetryCost"/>.</summary>
    public static Contender Telling(Uri receiver) => new DotNet("ours", "ours, telemetry sent")
    {
        Settings = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.ToString(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
    };

    public bool IsDotNet => this is DotNet;

    /// <summary>Builds it.</summary>
    /// <returns>Where the build is; or why there is none.</returns>
    public abstract Task<(string? Folder, string? Problem)> BuildAsync(CancellationToken stop);

    /// <summary>What it stands on, for the table of versions.</summary>
    public abstract string Versions(string folder);

    public abstract ProcessStartInfo Start(string folder, int port);

    private sealed partial record DotNet(string Name, string Title, bool HasSession = true) : Contender(Name, Title, HasSession)
    {
        public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

        public override async Task<(string? Folder, string? Problem)> BuildAsync(CancellationToken stop)
        {
            var (exitCode, output) = await Programs.AskAsync(
                "dotnet", ["build", $"benchmarks/{Name}", "-c", "Release", "-v", "quiet", "--artifacts-path", Programs.PathOf("artifacts/benchmarks")], stop);
            return exitCode == 0 ? (Programs.PathOf($"artifacts/benchmarks/bin/{Name}/release"), null)
                : MissingPackage().Match(output) is { Success: true } missing ? (null, $"its packages do not restore from this NuGet feed ({missing.Value})")
                : (null, $"it does not build: {output.Trim()}");
        }

        public override string Versions(string folder) =>
            Library().Match(File.ReadAllText(Path.Combine(folder, $"{Name}.deps.json"))) is { Success: true } library ? $"StackExchange.Redis {library.Groups[1].Value}" : "";

        public override ProcessStartInfo Start(string folder, int port)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, $"{Name}.dll")]) { WorkingDirectory = folder };
            start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
            start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
            start.Environment["Limits__Rate__Requests"] = start.Environment["Limits__Rate__Writes"] = "1000000"; // all come from one address
            foreach (var (name, value) in Settings)
            {
                start.Environment[name] = value;
            }

            return start;
        }

        [GeneratedRegex("NU1101|NU1102|NU1103|NU1603")]
        private static partial Regex MissingPackage();

        [GeneratedRegex("\"StackExchange\\.Redis/([0-9.]+)\"")]
        private static partial Regex Library();
    }

    private sealed record Node(string Name, string Title) : Contender(Name, Title)
    {
        public override async Task<(string? Folder, string? Problem)> BuildAsync(CancellationToken stop)
        {
            if (!Programs.Exist("npm"))
            {
                return (null, "there is no npm on the PATH");
            }

            var (exitCode, _) = await Programs.AskAsync("npm", ["ci", "--no-audit", "--no-fund", "--silent"], stop, $"benchmarks/{Name}");
            return exitCode == 0 ? (Programs.PathOf($"benchmarks/{Name}"), null) : (null, "its packages do not install from this npm registry");
        }

        public override string Versions(string folder)
        {
            var packages = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "package.json")))!["dependencies"]!.AsObject();
            return string.Join(", ", packages.Select(package => $"{package.Key} {package.Value}"));
        }

        public override ProcessStartInfo Start(string folder, int port)
        {
            var start = new ProcessStartInfo("node", ["server.js"]) { WorkingDirectory = folder };
            start.Environment["NODE_ENV"] = "production";
            start.Environment["PORT"] = $"{port}";
            return start;
        }
    }
}
