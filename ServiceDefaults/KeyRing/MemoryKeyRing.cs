using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ServiceDefaults.KeyRing;

/// <summary>Keeps the Data Protection key ring in memory, for an application without Redis.</summary>
/// <remarks>
/// The framework's default is a folder that all applications of the user share. Keys that are wrapped under this
/// application's secret are unreadable to the others, which log a warning for each key at every start.
/// </remarks>
internal sealed class MemoryKeyRing : IXmlRepository
{
    private readonly Lock access = new();
    private readonly List<XElement> elements = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (access)
        {
            return [.. elements.Select(element => new XElement(element))];
        }
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (access)
        {
            elements.Add(new XElement(element));
        }
    }
}
