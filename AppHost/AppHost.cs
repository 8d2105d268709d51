using AppHost;
using AppHost.Commands;
using AppHost.Publishing;

// What runs, and what waits for what: on this machine when started, in the published output when published.
var builder = DistributedApplication.CreateBuilder(args);
var options = AppHostOptions.From(builder.Configuration);

var secret = builder.AddApplicationSecret();
var redis = builder.AddSessionRedis("redis", options);

builder.AddProject<Projects.WebApp>("webapp")
    .WithReplicas(options.Replicas)
    .WithEnvironment("SECRET", secret)
    .WithSiteSettings()                  // what only who deploys it knows
    .WithReference(redis)
    .WaitFor(redis)                      // until it is healthy, and not merely started
    .WithProbes()
    .DisableForwardedHeaders()           // would trust every proxy; the web app has a list of its own
    .WithExternalHttpEndpoints()
    .WithLinks()
    .WithCheckCommand()
    .WithEndSessionsCommand(redis, options)
    .WithRotateSecretCommand(secret)
    .BehindProxy(options)                // here, if you ask for it
    .WithDeployment(redis, options);     // Docker Compose, or a Helm chart

builder.Build().Run();
