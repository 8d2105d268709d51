namespace ServiceDefaults.Audit;

/// <summary>A cookie with its attributes as a browser reads them (RFC 6265, 5.2).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">The attributes, in lower case; one without a value has an empty one.</param>
/// <param name="Bytes">The size of name and value.</param>
internal sealed record SentCookie(string Name, IReadOnlyDictionary<string, string> Attributes, int Bytes)
{
    public static SentCookie Parse(string header)
    {
        var parts = header.Split(';', StringSplitOptions.TrimEntries);
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in parts.Skip(1))
        {
            var pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            attributes[pair[0]] = pair.ElementAtOrDefault(1) ?? ""; // the last one counts
        }

        return new SentCookie(parts[0].Split('=', 2)[0].Trim(), attributes, parts[0].Length);
    }

    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    public string? Value(string attribute) => Attributes.GetValueOrDefault(attribute);

    /// <summary>For people: without its value, which may open a session.</summary>
    /// <returns>The name and the attributes.</returns>
    public override string ToString() => string.Join("; ", Attributes.Select(attribute => attribute.Value.Length > 0 ? $"{attribute.Key}={attribute.Value}" : attribute.Key).Prepend($"{Name}=…"));
}
