namespace AppHost;

/// <summary>A <c>redis-server</c> of this machine, described to whoever refers to it as the container is.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="server">The path of the executable.</param>
/// <param name="dataDirectory">Where it keeps its data.</param>
/// <param name="password">What it asks of its clients.</param>
internal sealed class LocalRedisResource(string name, string server, string dataDirectory, ParameterResource password)
    : ExecutableResource(name, server, dataDirectory), IResourceWithConnectionString
{
    public const string EndpointName = "tcp";

    public ParameterResource Password => password;

    public EndpointReference Endpoint => new(this, EndpointName);

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.HostAndPort)},password={Password}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Port)}")),
        new("Password", ReferenceExpression.Create($"{Password}")),
        new("Uri", ReferenceExpression.Create($"redis://:{Password:uri}@{Endpoint.Property(EndpointProperty.HostAndPort)}")),
    ];
}
