using System.Text;

namespace Tests.Monitoring;

/// <summary>A span of an OTLP request over HTTP, with the attributes that are strings.</summary>
/// <remarks>Field numbers are those of opentelemetry/proto/trace/v1/trace.proto.</remarks>
internal sealed record OtlpSpan(string TraceId, string Id, string ParentId, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    public bool IsRedisCommand => Attributes.GetValueOrDefault("db.system") == "redis";

    public static IEnumerable<OtlpSpan> ReadAll(byte[] request) =>
        from resourceSpans in Fields(request, 1)
        from scopeSpans in Fields(resourceSpans, 2)
        from span in Fields(scopeSpans, 2)
        select Read(span);

    private static OtlpSpan Read(byte[] span) => new(
        Convert.ToHexString(Fields(span, 1).Single()),
        Convert.ToHexString(Fields(span, 2).Single()),
        Convert.ToHexString(Fields(span, 4).SingleOrDefault() ?? []),
        Text(Fields(span, 5).Single()),
        (from attribute in Fields(span, 9)
         from value in Fields(Fields(attribute, 2).Single(), 1)
         select (Key: Text(Fields(attribute, 1).Single()), Value: Text(value))).ToDictionary(pair => pair.Key, pair => pair.Value));

    private static string Text(byte[] field) => Encoding.UTF8.GetString(field);

    /// <summary>The values of a field of a protobuf message that have a length: strings, bytes and messages.</summary>
    private static List<byte[]> Fields(byte[] message, int number)
    {
        var values = new List<byte[]>();
        for (var position = 0; position < message.Length;)
        {
            var tag = Varint(message, ref position);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref position);
                    break;
                case 1:
                    position += sizeof(ulong);
                    break;
                case 2:
                    var length = (int)Varint(message, ref position);
                    if ((int)(tag >> 3) == number)
                    {
                        values.Add(message[position..(position + length)]);
                    }

                    position += length;
                    break;
                case 5:
                    position += sizeof(uint);
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at byte {position}.");
            }
        }

        return values;
    }

    private static ulong Varint(byte[] message, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
