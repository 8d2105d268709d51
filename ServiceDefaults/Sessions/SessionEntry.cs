using System.Buffers.Binary;

namespace ServiceDefaults.Sessions;

/// <summary>A whole session, for stores that cannot change a part of it by themselves.</summary>
internal sealed class SessionEntry(DateTimeOffset created, Dictionary<string, byte[]> values)
{
    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Seen { get; set; } = created;

    public Dictionary<string, byte[]> Values { get; } = values;

    public bool HasExpired(DateTimeOffset now, TimeSpan idle, TimeSpan absolute) => now - Seen >= idle || now - Created >= absolute;

    public void Apply(IReadOnlyDictionary<string, byte[]?> changes)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                Values.Remove(name);
            }
            else
            {
                Values[name] = value;
            }
        }
    }

    /// <summary>Adds to an integer as <c>SetInt32</c> stores it.</summary>
    /// <exception cref="OverflowException">The value would leave the range of a 32-bit integer.</exception>
    public int Increment(string name, int by)
    {
        var old = Values.TryGetValue(name, out var bytes) && bytes.Length == sizeof(int) ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;
        var value = checked(old + by);
        bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        Values[name] = bytes;
        return value;
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Created.ToUnixTimeMilliseconds());
        writer.Write(Seen.ToUnixTimeMilliseconds());
        foreach (var (name, value) in Values)
        {
            writer.Write(name);
            writer.Write(value.Length);
            writer.Write(value);
        }

        return stream.ToArray();
    }

    public static SessionEntry FromBytes(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = new BinaryReader(stream);
        var created = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        var values = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        while (stream.Position < stream.Length)
        {
            values.Add(reader.ReadString(), reader.ReadBytes(reader.ReadInt32()));
        }

        return new SessionEntry(created, values) { Seen = seen };
    }
}
