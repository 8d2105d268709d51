using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tests.Parts;

namespace Tests.Headers;

/// <summary>Mozilla's HTTP Observatory, Google's CSP Evaluator and html-validate, as <c>dotnet dev.cs test</c> installs them.</summary>
internal static class Scanners
{
    private static readonly string Folder = Path.Combine(Repository.Root, ".dev", "scanners");
    private static readonly string Modules = Path.Combine(Folder, "node_modules");

    /// <summary>Skips the test where they are not installed.</summary>
    public static void Require()
    {
        Skip.If(Programs.Find("node") is null, "no Node.js on this machine: apt-get install nodejs npm");
        Skip.IfNot(Directory.Exists(Path.Combine(Modules, "@mdn")) && Directory.Exists(Path.Combine(Modules, "html-validate")), "the scanners are not installed: CI=true dotnet dev.cs test");
    }

    /// <summary>The report of the unchanged scanner on a page of the site.</summary>
    public static async Task<JsonNode> ObserveAsync(SecureSite site, string path)
    {
        // A host of a test is on no list of hosts that browsers know to be HTTPS only; the scanner would fetch the real one.
        var scanner = Path.Combine(Modules, "@mdn", "mdn-http-observatory");
        await File.WriteAllTextAsync(Path.Combine(scanner, "conf", "hsts-preload.json"), "{}");

        // And it knows only the ports 80 and 443 of a host that the name service knows: both lead to the site under test.
        var ports = Path.Combine(Folder, "ports.cjs");
        await File.WriteAllTextAsync(ports, $$"""
            const { Socket } = require('node:net');
            const connect = Socket.prototype.connect;
            Socket.prototype.connect = function (...args) {
              const options = Array.isArray(args[0]) ? args[0][0] : args[0];
              Object.assign(options, { host: '127.0.0.1', port: { 80: {{site.HttpPort}}, 443: {{site.HttpsPort}} }[options.port] });
              return connect.apply(this, args);
            };
            """);
        return await NodeAsync(site.Certificate, "--require", ports, Path.Combine(scanner, "src", "scan.js"), SecureSite.Host + path);
    }

    /// <summary>What is to be found fault with in a policy.</summary>
    public static Task<JsonNode> EvaluateAsync(string policy) => NodeAsync(null, "--input-type=module", "--eval", $"""
        import csp from '{Modules}/csp_evaluator/dist/evaluator.js';
        import parser from '{Modules}/csp_evaluator/dist/parser.js';
        console.log(JSON.stringify(new csp.CspEvaluator(new parser.CspParser(process.argv[1]).csp).evaluate()));
        """, policy);

    /// <summary>What the standard has against the pages, a line each.</summary>
    public static Task<JsonNode> ValidateHtmlAsync(IReadOnlyDictionary<string, string> pages) => NodeAsync(null, "--input-type=module", "--eval", $$"""
        import { HtmlValidate } from '{{Modules}}/html-validate/dist/es/index.js';
        const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
        const findings = [];
        for (const [page, text] of Object.entries(JSON.parse(process.argv[1]))) {
          for (const result of (await validator.validateString(text)).results) {
            findings.push(...result.messages.map(m => `${page}, line ${m.line}: ${m.ruleId}: ${m.message}`));
          }
        }
        console.log(JSON.stringify(findings));
        """, JsonSerializer.Serialize(pages));

    private static async Task<JsonNode> NodeAsync(string? certificate, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_EXTRA_CA_CERTS"] = certificate;
        using var node = Process.Start(start)!;
        var said = await Task.WhenAll(node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync()).WaitAsync(TimeSpan.FromMinutes(1));
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, string.Concat(said));
        return JsonNode.Parse(said[0])!;
    }
}
