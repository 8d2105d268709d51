namespace AppHost;

/// <summary>Reports a start that was refused.</summary>
internal static class StartFailures
{
    /// <summary>Prints the sentence that says the fix, without a stack trace, and exits with 1. Other exceptions stay as they are.</summary>
    public static void PrintAsOneSentence() => AppDomain.CurrentDomain.UnhandledException += (_, failure) =>
    {
        if (failure.ExceptionObject is DistributedApplicationException refused)
        {
            Console.Error.WriteLine(refused.Message);
            Environment.Exit(1);
        }
    };
}
