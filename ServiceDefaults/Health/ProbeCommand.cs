namespace ServiceDefaults.Health;

/// <summary>Asks a web app that runs how it is: <c>dotnet WebApp.dll probe http://127.0.0.1:8080/ready</c>.</summary>
public static class ProbeCommand
{
    /// <summary>Less than what a platform gives a health check, so that it hears the reason.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks once.</summary>
    /// <param name="address">One of its probes.</param>
    /// <returns>The exit code: 0 when it is well, 1 when not; the reason is on standard error.</returns>
    public static async Task<int> RunAsync(string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            answer.EnsureSuccessStatusCode();
            return 0;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"{address}: {exception.Message}");
            return 1;
        }
    }
}
