namespace WebApp.Notes;

/// <summary>What caches know the published notes by.</summary>
internal static class PublicNotes
{
    public const string Tag = "notes";

    /// <summary>For so long a list or a note may lag behind a change in caches that cannot be told of it: browsers, proxies.</summary>
    public const int MaxAgeSeconds = 10;
}
