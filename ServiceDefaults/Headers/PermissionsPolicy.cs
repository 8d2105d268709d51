namespace ServiceDefaults.Headers;

/// <summary>Which powerful features of the browser pages may use. None, until it is told.</summary>
public sealed class PermissionsPolicy
{
    // Those that browsers know by this name: an unknown one is a message in the console of every visitor.
    private readonly SortedDictionary<string, string> features = new(
        new[]
        {
            "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone",
            "midi", "payment", "serial", "usb", "xr-spatial-tracking",
        }.ToDictionary(feature => feature, _ => ""),
        StringComparer.Ordinal);

    /// <summary>Lets this site's own pages ask for a feature.</summary>
    /// <param name="feature">Its name in the standard, such as <c>geolocation</c>.</param>
    /// <returns>The same policy.</returns>
    public PermissionsPolicy AllowSelf(string feature)
    {
        features[feature] = "self";
        return this;
    }

    /// <summary>Forbids a further feature, such as <c>fullscreen</c>.</summary>
    /// <param name="feature">Its name in the standard.</param>
    /// <returns>The same policy.</returns>
    public PermissionsPolicy Deny(string feature)
    {
        features[feature] = "";
        return this;
    }

    internal IEnumerable<string> Names => features.Keys;

    internal string ToHeader() => string.Join(", ", features.Select(feature => $"{feature.Key}=({feature.Value})"));
}
