namespace ServiceDefaults.Checks;

/// <summary>There is nothing to examine, and why.</summary>
/// <param name="message">A sentence; it never holds a secret.</param>
internal sealed class CannotCheckException(string message) : Exception(message);
