using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServiceDefaults.Caching;

/// <summary>Names what an answer says (RFC 9110, section 8.8.3), so that a client which has it already need not get it again.</summary>
internal static class EntityTag
{
    private const int Length = 16; // 128 bits: nobody finds two answers with the same tag

    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return $"\"{Base64Url.EncodeToString(hash[..Length])}\"";
    }

    /// <summary>Whether the client has this very answer: <c>If-None-Match</c> by weak comparison (RFC 9110, section 13.1.2).</summary>
    public static bool IsKnownTo(HttpRequest request, HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK
        && request.Headers.IfNoneMatch.Count > 0
        && EntityTagHeaderValue.TryParse(response.Headers.ETag.ToString(), out var tag)
        && EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(other => other.Equals(EntityTagHeaderValue.Any) || tag.Compare(other, useStrongComparison: false));
}
