namespace AppHost;

/// <summary>A Redis that runs as a process on this machine; resources that reference it see what the container would give them.</summary>
/// <param name="name">The resource's name, which the dashboard shows.</param>
/// <param name="command">The path of the executable.</param>
/// <param name="dataDirectory">The folder of its data.</param>
/// <param name="password">The password that clients need.</param>
internal sealed class LocalRedisResource(string name, string command, string dataDirectory, ParameterResource password)
    : ExecutableResource(name, command, dataDirectory), IResourceWithConnectionString
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
