using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>What a form may hold. Configuration section <c>Limits:Form</c>. Above any of them: 413.</summary>
/// <remarks>The whole of it is a body, too: see <see cref="LimitOptions.BodyBytes"/>.</remarks>
public sealed class FormLimits
{
    /// <summary>How many values, and how many files. Default 1,024, as ASP.NET Core has it; from 10 to 100,000.</summary>
    [Range(10, 100_000)]
    public int Values { get; set; } = 1024;

    /// <summary>The name of one field, in characters. Default 256; from 32 to 8,192.</summary>
    [Range(32, 8192)]
    public int KeyLength { get; set; } = 256;

    /// <summary>One value, in characters. Default 262,144, a book's long chapter; from 1,024 to 1,073,741,824.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int ValueLength { get; set; } = 256 * 1024;

    /// <summary>One uploaded file. Default 1 MiB, as a body; from 1 KiB to 1 GiB.</summary>
    [Range(1024L, 1024L * 1024 * 1024)]
    public long FileBytes { get; set; } = 1024 * 1024;

    /// <summary>How many headers one part of a multipart form has. Default 16, as ASP.NET Core has it; from 4 to 100.</summary>
    [Range(4, 100)]
    public int PartHeaders { get; set; } = 16;

    /// <summary>The headers of one part together. Default 4 KiB; from 512 bytes to 64 KiB.</summary>
    [Range(512, 64 * 1024)]
    public int PartHeaderBytes { get; set; } = 4 * 1024;

    /// <summary>What separates the parts. Default 70, the longest that RFC 2046 (5.1.1) allows; from 70 to 256.</summary>
    [Range(70, 256)]
    public int BoundaryLength { get; set; } = 70;
}
