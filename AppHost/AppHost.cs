using AppHost;
using AppHost.Commands;
using AppHost.Publishing;

// What runs, and what waits for what: on this machine when started, in the published output when published.
StartFailures.PrintAsOneSentence();
var builder = DistributedApplication.CreateBuilder(args);
var options = AppHostOptions.From(builder.Configuration);

var secret = builder.AddApplicationSecret();
var redis = builder.AddSessionRedis(options);

builder.AddProject<Projects.WebApp>("webapp")
    .WithReplicas(options.Replicas)
    .WithEnvironment("SECRET", secret)
    .WithSiteSettings()                  // what only who deploys it knows
    .WithReference(redis, SessionRedis.ConnectionName)
    .WaitFor(redis)                      // until it is healthy, and not merely started
    .WithProbes()
    .DisableForwardedHeaders()           // would trust every proxy; the web app has a list of its own
    .WithExternalHttpEndpoints()
    .WithLinks()
    .RequireFreePorts()
    .Announced(redis)                    // on the console, as soon as it can be used
    .WithCheckCommand()
    .WithEndSessionsCommand(redis, options)
    .WithRotateSecretCommand(secret)
    .BehindProxy(options)                // here, if you ask for it
    .WithDeployment(redis, options);     // Docker Compose, or a Helm chart

builder.Build().Run();
