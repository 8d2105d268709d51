using ServiceDefaults;
using StackExchange.Redis;
using WebApp.Notes.Store;

namespace WebApp.Notes;

/// <summary>Registers the sample: notes. To be rid of it, delete the folders <c>Notes</c> here and in <c>Tests</c>, and its two lines in <c>Program.cs</c>.</summary>
public static class NoteRegistration
{
    /// <summary>Adds notes: who may do what, and where they are kept. In Development there are a few to begin with.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddNotes(this IServiceCollection services)
    {
        services.AddAccessPolicy<NotePolicy>();
        services.AddScoped<NoteDesk>();
        services.AddSingleton<INotes>(provider => provider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IConnectionMultiplexer))
            ? ActivatorUtilities.CreateInstance<RedisNotes>(provider)
            : ActivatorUtilities.CreateInstance<MemoryNotes>(provider));
        services.AddHostedService<FirstNotes>();
    }
}
