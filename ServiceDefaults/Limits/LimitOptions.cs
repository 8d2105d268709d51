using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Limits;

/// <summary>How much one request may ask for. Configuration section <c>Limits</c>; what has parts of its own has a section below it.</summary>
public sealed class LimitOptions
{
    /// <summary>The largest request body. Default 1 MiB, as nginx has it; from 1 KiB to 1 GiB. Above it: 413.</summary>
    [Range(1024L, 1024L * 1024 * 1024)]
    public long BodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How deep JSON may be nested, and with it the names of form fields (<c>a.b.c</c>). Default 32, as ASP.NET Core has it; from 4 to 64. Below it: 400.</summary>
    [Range(4, 64)]
    public int JsonDepth { get; set; } = 32;

    /// <summary>How long a request may take until its answer begins. Default 30 s; from 1 s to 10 min. Above it: 504.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestTime { get; set; } = TimeSpan.FromSeconds(30);
}
