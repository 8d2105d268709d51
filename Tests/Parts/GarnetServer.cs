namespace Tests.Parts;

/// <summary>Garnet, also on a machine that has a redis-server.</summary>
public sealed class GarnetServer() : RedisServer(server: null);
