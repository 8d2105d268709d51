namespace WebApp.Parts;

/// <summary>One field of a form, with its label, hint and errors.</summary>
/// <param name="Name">The name under which it is sent.</param>
/// <param name="Label">What people are asked for.</param>
/// <param name="Autocomplete">What a password manager fills in.</param>
/// <param name="Type">The kind of input.</param>
/// <param name="Hint">What helps to answer.</param>
/// <param name="Value">What was typed before; a password is never sent back.</param>
/// <param name="Lines">How many lines of prose, in whatever direction it is written; 0 for what is no prose.</param>
public sealed record Field(string Name, string Label, string Autocomplete, string Type = "text", string? Hint = null, string? Value = null, int Lines = 0)
{
    public static Field Password(string name, string label, string autocomplete, string? hint = null) => new(name, label, autocomplete, "password", hint);

    public static Field Prose(string name, string label, string? value, int lines = 1, string? hint = null) => new(name, label, "off", Hint: hint, Value: value, Lines: lines);
}
