using System.Collections;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Secrets;

/// <summary>
/// Variables that name a file, as container platforms mount secrets: <c>SECRET_FILE=/run/keys/secret</c> sets <c>SECRET</c>.
/// </summary>
internal sealed class SecretFileVariables : IConfigurationSource
{
    private const string Suffix = "_FILE";

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider();

    private sealed class Provider : ConfigurationProvider
    {
        public override void Load()
        {
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            {
                var name = (string)variable.Key;
                if (name.EndsWith(Suffix, StringComparison.Ordinal) && variable.Value is string path && File.Exists(path))
                {
                    Data[name[..^Suffix.Length].Replace("__", ":", StringComparison.Ordinal)] = File.ReadAllText(path).TrimEnd('\r', '\n');
                }
            }
        }
    }
}
