using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Hosts;

/// <summary>Refuses a list that would let every host in, or none.</summary>
internal sealed class AllowedHostsRules(IHostEnvironment environment) : IValidateOptions<AllowedHostsOptions>
{
    private const string Fix = "Set it to the site's host names, separated by semicolons, such as shop.example;*.shop.example.";

    public ValidateOptionsResult Validate(string? name, AllowedHostsOptions options)
    {
        var mayBeOpen = environment.IsDevelopment();
        if (options.Names.Count == 0)
        {
            return mayBeOpen ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"AllowedHosts is not set. {Fix}");
        }

        var problems = options.Names.Select(host => ProblemOf(host, mayBeOpen)).OfType<string>().ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? ProblemOf(string host, bool mayBeOpen) => host switch
    {
        _ when AllowedHostsOptions.IsEveryHost(host) => mayBeOpen ? null : $"AllowedHosts has {host}, which is every host. {Fix}",
        _ => Uri.CheckHostName(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) == UriHostNameType.Unknown
            ? $"AllowedHosts has \"{host}\", which is no host name and would match none. Names have neither scheme, port nor path; a * stands only before a point, as in *.shop.example."
            : null,
    };
}
