namespace DevelopmentRedis;

/// <summary>Reports data that cannot be read or written, with a message that says the fix.</summary>
internal sealed class StorageException(string message) : Exception(message);
