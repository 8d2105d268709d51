using System.Diagnostics;
using System.Text.RegularExpressions;
using Tests.Parts;

namespace Tests.Docs;

/// <summary>Commands in the documentation: a shell understands them, and what they name exists.</summary>
public sealed partial class CommandTests
{
    /// <summary>Programs of others; what they are told is theirs to check.</summary>
    private static readonly string[] Others = ["cd", "chmod", "cp", "curl", "docker", "export", "git", "helm", "kubectl", "redis-cli"];

    private static readonly string[] DotNetVerbs = ["add", "build", "new", "publish", "reference", "restore", "run", "sln", "test", "user-secrets"];

    private static readonly Lazy<KnownSettings> Known = new();

    private static readonly string Commands = TextOf("dev.cs");

    private static readonly string AppHostOptions = TextOf("AppHost/AppHostOptions.cs");

    /// <summary>Not the assembly, which has no tests of the AppHost where that cannot be built.</summary>
    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "Tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)];

    [Fact]
    public void Every_command_names_what_exists()
    {
        var lines = Page.All.SelectMany(page => page.Snippets).Where(snippet => snippet.Language == "sh")
            .SelectMany(snippet => snippet.Lines.Where(line => line.Length > 0).Select(line => (Snippet: snippet, Command: Comment().Replace(line, "").Trim()))).ToArray();
        Assert.True(lines.Length > 15);

        Problems.None(lines.Where(line => line.Command.Length > 0).Select(line => (line.Snippet, Problem: ProblemOf(line.Command.Split(' ', StringSplitOptions.RemoveEmptyEntries))))
            .Where(line => line.Problem is not null).Select(line => $"{line.Snippet}: {line.Problem}"));
    }

    [SkippableFact]
    public async Task Every_command_is_understood_by_a_shell()
    {
        Skip.If(Programs.Find("sh") is null, "no sh on this machine");
        foreach (var snippet in Page.All.SelectMany(page => page.Snippets).Where(snippet => snippet.Language == "sh"))
        {
            using var shell = Process.Start(new ProcessStartInfo("sh", "-n") { RedirectStandardInput = true, RedirectStandardError = true })!;
            await shell.StandardInput.WriteAsync(snippet.Text);
            shell.StandardInput.Close();
            Assert.Equal("", await shell.StandardError.ReadToEndAsync());
        }
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check --json")]
    [InlineData("check --strict")]
    public async Task The_checklist_is_printed_by_the_commands_that_its_page_shows(string arguments)
    {
        Assert.Contains(Page.All.SelectMany(page => page.Snippets), snippet => snippet.Lines.Any(line => line.StartsWith($"dotnet WebApp.dll {arguments} ", StringComparison.Ordinal)));

        var (exitCode, output) = await SiteProcess.RunToTheEndAsync(
            new Dictionary<string, string?> { ["SECRET"] = Site.Secret, ["AllowedHosts"] = "shop.example", ["Session__Store"] = "Memory" }, arguments.Split(' '));

        Assert.Equal(arguments.EndsWith("--strict", StringComparison.Ordinal) ? 1 : 0, exitCode); // sessions in memory are a warning
        Assert.Contains("sessions.round-trip", output, StringComparison.Ordinal);
    }

    private static string? ProblemOf(string[] words) => words switch
    {
        [var assignment, .. var rest] when Assignment().Match(assignment) is { Success: true } match =>
            rest.Length > 0 ? ProblemOf(rest) : IsVariable(match.Groups[1].Value) || Known.Value.Has(match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)) ? null : $"nothing reads the variable {match.Groups[1].Value}",
        ["dotnet", var dev, var command, ..] when dev.EndsWith("dev.cs", StringComparison.Ordinal) => Commands.Contains($"[\"{command}\"", StringComparison.Ordinal) ? null : $"dev.cs has no command {command}",
        ["dotnet", "WebApp.dll", "check", ..] => null, // run above
        ["dotnet", var verb, .. var rest] => DotNetVerbs.Contains(verb) ? ProblemOfArguments(verb, rest) : $"`dotnet {verb}` is not known here",
        ["git", "diff", var path] => Path.Exists(Path.Combine(Repository.Root, path)) ? null : $"there is no {path}",
        [var program, ..] => Others.Contains(program) ? null : $"{program} is not known here",
        _ => null,
    };

    /// <remarks>"Web" is the reader's own project, beside this solution.</remarks>
    private static string? ProblemOfArguments(string verb, string[] words)
    {
        var project = words.SkipWhile(word => word != "--project").Skip(1).FirstOrDefault() ?? (verb is "publish" or "test" or "build" ? words.FirstOrDefault(word => !word.StartsWith('-')) : null);
        var filter = words.FirstOrDefault(word => word.Contains("FullyQualifiedName~", StringComparison.Ordinal))?.Split('~')[1];
        var setting = words.FirstOrDefault(word => word.StartsWith("--AppHost:", StringComparison.Ordinal))?["--AppHost:".Length..];
        return project is not (null or "Web") && !Path.Exists(Path.Combine(Repository.Root, project)) ? $"there is no {project}"
            : filter is not null && !Sources.Any(source => Regex.IsMatch(source, $@"\b(class|namespace) [\w.]*{Regex.Escape(filter)}")) ? $"no test is called {filter}"
            : setting is not null && !AppHostOptions.Contains($" {setting} ", StringComparison.Ordinal) ? $"AppHost:{setting} does not exist"
            : null;
    }

    /// <summary>In what is published, in the program of this solution's commands, or in the tests.</summary>
    private static bool IsVariable(string name) =>
        TextOf("Tests/AppHost/Published/compose/env").Contains(name, StringComparison.Ordinal) || Commands.Contains(name, StringComparison.Ordinal);

    /// <summary>Nothing, where somebody has deleted the AppHost.</summary>
    private static string TextOf(string file) => Path.Combine(Repository.Root, file) is var path && File.Exists(path) ? File.ReadAllText(path) : "";

    [GeneratedRegex(@"(^|\s+)# .*$")]
    private static partial Regex Comment();

    [GeneratedRegex("^([A-Za-z_]+)=")]
    private static partial Regex Assignment();
}
