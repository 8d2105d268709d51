namespace ServiceDefaults.Foundation;

/// <summary>The application will not start, and says why in one sentence that names the fix.</summary>
/// <param name="message">The sentence; it never holds a secret.</param>
public sealed class StartRefusedException(string message) : Exception(message);
