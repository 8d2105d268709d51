using System.Diagnostics;
using System.Globalization;
using Tests.Parts;

namespace Tests.Caching;

/// <summary>
/// A cache of another maker in front of all replicas, set up carelessly: it keeps whatever it is not told to leave alone,
/// and looks neither at cookies nor at credentials.
/// </summary>
public sealed class SharedCache : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("shared-cache-").FullName;
    private readonly Process process;

    private SharedCache(string program, Func<string, int, string> configuration, Func<string, int, string[]> arguments)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next().ToString(CultureInfo.InvariantCulture)}");
        File.WriteAllText(Path.Combine(folder, "configuration"), configuration(folder, Address.Port));
        process = Process.Start(new ProcessStartInfo(program, arguments(folder, Address.Port)) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    public Uri Address { get; }

    public static Task<SharedCache> StartAsync(string name, params Uri[] replicas) => name == "nginx" ? NginxAsync(replicas) : VarnishAsync(replicas);

    public async ValueTask DisposeAsync()
    {
        Programs.Signal(process, "TERM");
        await process.WaitForExitAsync().WaitAsync(Eventually.Patience);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static Task<SharedCache> NginxAsync(Uri[] replicas)
    {
        Require("nginx", "nginx");
        return ListeningAsync(new SharedCache(
            "nginx",
            (folder, port) => $$"""
                daemon off;
                pid {{folder}}/pid;
                error_log {{folder}}/error.log;
                {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
                worker_processes 1;
                events { }
                http {
                    access_log off;
                    client_body_temp_path {{folder}}/body; proxy_temp_path {{folder}}/proxy;
                    fastcgi_temp_path {{folder}}/fastcgi; uwsgi_temp_path {{folder}}/uwsgi; scgi_temp_path {{folder}}/scgi;
                    proxy_cache_path {{folder}}/cache keys_zone=shop:1m;
                    upstream replicas { {{string.Concat(replicas.Select(replica => $"server {replica.Authority}; "))}} }
                    server {
                        listen 127.0.0.1:{{port}};
                        location / {
                            proxy_pass http://replicas;
                            proxy_set_header Host $http_host;
                            proxy_set_header X-Forwarded-Proto https;
                            proxy_cache shop;
                            proxy_cache_valid any 10m;
                            add_header X-Cache $upstream_cache_status always;
                        }
                    }
                }
                """,
            (folder, _) => ["-e", Path.Combine(folder, "start.log"), "-c", Path.Combine(folder, "configuration")]));
    }

    private static Task<SharedCache> VarnishAsync(Uri[] replicas)
    {
        Require("varnishd", "varnish");
        return ListeningAsync(new SharedCache(
            "varnishd",
            (_, _) => $$"""
                vcl 4.1;
                import directors;
                {{string.Join('\n', replicas.Select((replica, i) => $$"""backend b{{i}} { .host = "{{replica.Host}}"; .port = "{{replica.Port}}"; }"""))}}
                sub vcl_init {
                    new replicas = directors.round_robin();
                    {{string.Join('\n', replicas.Select((_, i) => $"replicas.add_backend(b{i});"))}}
                }
                sub vcl_recv {
                    set req.backend_hint = replicas.backend();
                    set req.http.X-Forwarded-Proto = "https";
                    if (req.method == "GET" || req.method == "HEAD") { return (hash); } # with cookies and credentials, too
                    return (pass);
                }
                sub vcl_deliver {
                    if (obj.hits > 0) { set resp.http.X-Cache = "HIT"; } else { set resp.http.X-Cache = "MISS"; }
                }
                """,
            (folder, port) => ["-F", "-j", "none", "-a", $"127.0.0.1:{port}", "-f", Path.Combine(folder, "configuration"), "-n", Path.Combine(folder, "work"), "-s", "malloc,16m", "-p", "default_ttl=600"]));
    }

    private static void Require(string program, string package) =>
        Skip.If(Programs.Find(program) is null, $"no {program} on this machine: apt-get install {package}");

    private static async Task<SharedCache> ListeningAsync(SharedCache cache)
    {
        using var client = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await client.GetAsync(cache.Address);
                    return true;
                }
                catch (HttpRequestException) when (!cache.process.HasExited)
                {
                    return false;
                }
            },
            "the cache listens");
        return cache;
    }
}
