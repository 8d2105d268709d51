using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Identity;

/// <summary>How often a password may be guessed, and at how many places a user may be signed in. Configuration section <c>SignIn</c>.</summary>
public sealed class SignInOptions
{
    /// <summary>How many attempts in a window may fail for one name, whether it exists or not. Default 10; from 3 to 100.</summary>
    [Range(3, 100)]
    public int AttemptsPerName { get; set; } = 10;

    /// <summary>
    /// How many attempts in a window may fail from one address (IPv6: one /64 network). Default 10; from 3 to 10,000. More
    /// where many people come from one address, as behind the proxy of a company.
    /// </summary>
    [Range(3, 10_000)]
    public int AttemptsPerAddress { get; set; } = 10;

    /// <summary>The window; it slides: at no time have there been more failures within this time. Default 3 minutes; from 10 seconds to a day.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan AttemptWindow { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// How many forms one address may send in a window to sign in, register or change a password, whatever comes of them: each
    /// costs a tenth of a second of a processor. Default 60; from 3 to 100,000.
    /// </summary>
    [Range(3, 100_000)]
    public int RequestsPerAddress { get; set; } = 60;

    /// <summary>How many accounts one address may make in <see cref="RegistrationWindow"/>. Default 10; from 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int RegistrationsPerAddress { get; set; } = 10;

    /// <summary>The window for new accounts; it slides. Default an hour; from 10 seconds to a day.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan RegistrationWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>At how many places a user may be signed in; beyond it the oldest sign-in ends. Default 100; from 1 to 1,000.</summary>
    [Range(1, 1000)]
    public int SessionsPerUser { get; set; } = 100;
}
