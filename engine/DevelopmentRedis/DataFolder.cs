namespace DevelopmentRedis;

/// <summary>The folder of the append-only file and its checkpoints.</summary>
internal static class DataFolder
{
    private const string SegmentPrefix = "aof.log.";
    private const long SegmentSize = 8 << 20; // as --aof-segment-size

    /// <summary>Creates the folder and locks it until the result is disposed: two servers would overwrite each other's data.</summary>
    /// <exception cref="StorageException">Another process holds the lock.</exception>
    public static IDisposable Lock(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new StorageException($"another process uses {folder}. Stop the other AppHost of this solution first.");
        }
    }

    /// <summary>Finds the address behind the last byte that was ever written to the append-only file.</summary>
    public static long EndOfLog(string folder)
    {
        foreach (var (number, file) in Directory.EnumerateFiles(Path.Combine(folder, "AOF"), SegmentPrefix + "*")
            .Select(file => (Number: long.Parse(Path.GetFileName(file)[SegmentPrefix.Length..], provider: null), File: file)).OrderDescending())
        {
            var last = File.ReadAllBytes(file).AsSpan().LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                return (number * SegmentSize) + last + 1;
            }
        }

        return 0;
    }
}
