using AppHost;

// What runs, and what waits for what: on this machine when started, in the published output when published.
var builder = DistributedApplication.CreateBuilder(args);

var secret = builder.AddApplicationSecret();
var redis = builder.AddSessionRedis("redis");

builder.AddProject<Projects.WebApp>("webapp")
    .WithReplicas(2)                     // two, so that nothing can rely on one process's memory
    .WithEnvironment("SECRET", secret)
    .WithAllowedHosts()                  // under which names the site answers
    .WithReference(redis)
    .WaitFor(redis)                      // until it is healthy, and not merely started
    .WithHttpHealthCheck("/ready")
    .DisableForwardedHeaders()           // would trust every proxy; the web app has a list of its own
    .WithExternalHttpEndpoints();

builder.Build().Run();
