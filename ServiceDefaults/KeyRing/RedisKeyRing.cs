using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Foundation;
using StackExchange.Redis;

namespace ServiceDefaults.KeyRing;

/// <summary>The Data Protection key ring as a Redis list that all replicas share.</summary>
/// <remarks>
/// Replicas that start together against an empty ring would each create a first key. Here a key is added only if the
/// ring is as long as this process last saw it; the framework reads the ring again after storing, and so adopts the
/// key of whoever came first. The connection is asked for when it is needed: making it waits for the server.
/// </remarks>
internal sealed class RedisKeyRing(IServiceProvider services, ApplicationIdentity identity) : IXmlRepository
{
    private const string AddIfUnchanged = """
        if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[2]) then return 0 end
        return redis.call('RPUSH', KEYS[1], ARGV[1])
        """;

    private readonly RedisKey ring = $"{identity.Slug}:data-protection-keys";
    private int lastSeenLength;

    private IDatabase Database => services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var elements = Database.ListRange(ring);
        lastSeenLength = elements.Length;
        return [.. elements.Select(element => XElement.Parse((string)element!))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var xml = element.ToString(SaveOptions.DisableFormatting);
        if (element.Name.LocalName == "key")
        {
            Database.ScriptEvaluate(AddIfUnchanged, [ring], [xml, lastSeenLength]);
        }
        else
        {
            // A revocation is never left out, whatever others stored meanwhile.
            Database.ListRightPush(ring, xml);
        }
    }
}
