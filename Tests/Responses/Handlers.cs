using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tests.Responses;

/// <summary>Handlers that each use the response in one way, for every member that ASP.NET Core has for it.</summary>
internal static class Handlers
{
    /// <summary>Larger than any buffer on the way.</summary>
    public const int Large = 300_000;

    private static readonly string FilePath = CreateFile();

    public static IReadOnlyDictionary<string, RequestDelegate> All { get; } = new Dictionary<string, RequestDelegate>
    {
        ["nothing"] = _ => Task.CompletedTask,
        ["status only"] = context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        },
        ["write text"] = context => context.Response.WriteAsync("text"),
        ["write text twice"] = async context =>
        {
            await context.Response.WriteAsync("one, ");
            await context.Response.WriteAsync("two");
        },
        ["write JSON"] = context => context.Response.WriteAsJsonAsync(new { number = 1 }),
        ["length said"] = context =>
        {
            context.Response.ContentLength = 4;
            return context.Response.WriteAsync("text");
        },
        ["less than the length said"] = context =>
        {
            context.Response.ContentLength = 6;
            return context.Response.WriteAsync("text");
        },
        ["Body.WriteAsync"] = context => context.Response.Body.WriteAsync(Bytes("text")).AsTask(),
        ["Body.WriteAsync of an array"] = context => context.Response.Body.WriteAsync(Bytes("xtext"), 1, 4),
        ["Body.WriteAsync of much"] = context => context.Response.Body.WriteAsync(new byte[Large]).AsTask(),
        ["Body.FlushAsync"] = async context =>
        {
            await context.Response.Body.WriteAsync(Bytes("one, "));
            await context.Response.Body.FlushAsync();
            await context.Response.Body.WriteAsync(Bytes("two"));
        },
        ["Body.Write"] = context => TellAsync(context, () => context.Response.Body.Write(Bytes("text"))),
        ["Body.Write of an array"] = context => TellAsync(context, () => context.Response.Body.Write(Bytes("text"), 0, 4)),
        ["Body.Flush"] = context => TellAsync(context, () => context.Response.Body.Flush()),
        ["Body.WriteByte"] = context => TellAsync(context, () => context.Response.Body.WriteByte(1)),
        ["Body.Write where it is allowed"] = context =>
        {
            context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
            context.Response.Body.Write(Bytes("text"));
            return Task.CompletedTask;
        },
        ["Body.BeginWrite"] = context => Task.Factory.FromAsync(context.Response.Body.BeginWrite, context.Response.Body.EndWrite, Bytes("text"), 0, 4, null),
        ["Body.Read"] = context => TellAsync(context, () => context.Response.Body.ReadExactly(new byte[1])),
        ["Body.Seek"] = context => TellAsync(context, () => context.Response.Body.Seek(0, SeekOrigin.Begin)),
        ["Body.Length"] = context => TellAsync(context, () => _ = context.Response.Body.Length),
        ["Body.CanRead, CanSeek, CanWrite"] = context =>
            context.Response.WriteAsync($"{context.Response.Body.CanRead}, {context.Response.Body.CanSeek}, {context.Response.Body.CanWrite}"),
        ["Body.Dispose"] = async context =>
        {
            await context.Response.Body.WriteAsync(Bytes("text"));
            await context.Response.Body.DisposeAsync();
        },
        ["Body.CopyTo it"] = context => new MemoryStream(Bytes("text")).CopyToAsync(context.Response.Body),
        ["BodyWriter.Advance"] = context =>
        {
            Put(context.Response.BodyWriter, "text");
            return Task.CompletedTask;
        },
        ["BodyWriter.Advance of much"] = context =>
        {
            context.Response.BodyWriter.GetSpan(Large)[..Large].Fill((byte)'x');
            context.Response.BodyWriter.Advance(Large);
            return Task.CompletedTask;
        },
        ["BodyWriter.FlushAsync"] = async context =>
        {
            Put(context.Response.BodyWriter, "text");
            var result = await context.Response.BodyWriter.FlushAsync();
            Put(context.Response.BodyWriter, $", {result.IsCompleted}, {result.IsCanceled}");
        },
        ["BodyWriter.WriteAsync"] = async context =>
        {
            var result = await context.Response.BodyWriter.WriteAsync(Bytes("text"));
            Put(context.Response.BodyWriter, $", {result.IsCompleted}, {result.IsCanceled}");
        },
        ["BodyWriter.WriteAsync after Advance"] = async context =>
        {
            Put(context.Response.BodyWriter, "one, ");
            await context.Response.BodyWriter.WriteAsync(Bytes("two"));
        },
        ["BodyWriter.CompleteAsync"] = async context =>
        {
            Put(context.Response.BodyWriter, "text");
            await context.Response.BodyWriter.CompleteAsync();
        },
        ["BodyWriter.CompleteAsync of much"] = async context =>
        {
            context.Response.BodyWriter.Write(new byte[Large]);
            await context.Response.BodyWriter.CompleteAsync();
        },
        ["BodyWriter.CompleteAsync of nothing"] = context => context.Response.BodyWriter.CompleteAsync().AsTask(),
        ["BodyWriter.CompleteAsync with an error"] = async context =>
        {
            Put(context.Response.BodyWriter, "text");
            await context.Response.BodyWriter.FlushAsync();
            await context.Response.BodyWriter.CompleteAsync(new InvalidOperationException("Half of it only."));
        },
        ["BodyWriter.CompleteAsync with an error and no flush"] = async context =>
        {
            Put(context.Response.BodyWriter, "text");
            await context.Response.BodyWriter.CompleteAsync(new InvalidOperationException("Half of it only."));
        },
        ["BodyWriter.Complete"] = context =>
        {
            Put(context.Response.BodyWriter, "text");
            context.Response.BodyWriter.Complete();
            return Task.CompletedTask;
        },
        ["BodyWriter.CancelPendingFlush"] = async context =>
        {
            Put(context.Response.BodyWriter, "text");
            await context.Response.BodyWriter.FlushAsync();
            context.Response.BodyWriter.CancelPendingFlush();
            var result = await context.Response.BodyWriter.FlushAsync();
            Put(context.Response.BodyWriter, $", {result.IsCanceled}");
        },
        ["BodyWriter.AsStream"] = async context =>
        {
            await using var stream = context.Response.BodyWriter.AsStream(leaveOpen: true);
            await stream.WriteAsync(Bytes("text"));
        },
        ["Body and BodyWriter in turn"] = async context =>
        {
            Put(context.Response.BodyWriter, "one, ");
            await context.Response.Body.WriteAsync(Bytes("two, "));
            Put(context.Response.BodyWriter, "three");
            await context.Response.Body.FlushAsync();
        },
        ["StartAsync"] = async context =>
        {
            await context.Response.StartAsync();
            await context.Response.WriteAsync($"started: {context.Response.HasStarted}");
        },
        ["StartAsync only"] = context => context.Response.StartAsync(),
        ["CompleteAsync"] = async context =>
        {
            await context.Response.WriteAsync("text");
            await context.Response.CompleteAsync();
        },
        ["CompleteAsync after Advance"] = async context =>
        {
            Put(context.Response.BodyWriter, "text");
            await context.Response.CompleteAsync();
        },
        ["CompleteAsync of nothing"] = context => context.Response.CompleteAsync(),
        ["CompleteAsync twice"] = async context =>
        {
            await context.Response.WriteAsync("text");
            await context.Response.CompleteAsync();
            await context.Response.CompleteAsync();
        },
        ["SendFileAsync"] = context => context.Response.SendFileAsync(FilePath),
        ["SendFileAsync of a part"] = context => context.Response.SendFileAsync(FilePath, 1000, 2000),
        ["SendFileAsync after a text"] = async context =>
        {
            await context.Response.WriteAsync("text");
            await context.Response.SendFileAsync(FilePath, 0, 10);
        },
        ["SendFileAsync of a part that is not there"] = context => TellAsync(context, () => context.Response.SendFileAsync(FilePath, Large + 1, 1)),
        ["DisableBuffering"] = async context =>
        {
            context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
            await context.Response.WriteAsync("one, ");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync("two");
        },
        ["trailers"] = async context =>
        {
            if (context.Response.SupportsTrailers())
            {
                context.Response.DeclareTrailer("x-trailer");
            }

            await context.Response.WriteAsync("text");
            if (context.Response.SupportsTrailers())
            {
                context.Response.AppendTrailer("x-trailer", "there");
            }
        },
        ["OnStarting and OnCompleted"] = context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["x-starting"] = "called";
                return Task.CompletedTask;
            });
            context.Response.OnCompleted(() => Task.CompletedTask);
            return context.Response.WriteAsync("text");
        },
        ["an error after the start"] = async context =>
        {
            await context.Response.WriteAsync("text");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException("Half of it only.");
        },
        ["abort"] = async context =>
        {
            await context.Response.WriteAsync("text");
            await context.Response.Body.FlushAsync();
            context.Abort();
        },
    };

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static void Put(PipeWriter writer, string text)
    {
        var bytes = Bytes(text);
        bytes.CopyTo(writer.GetMemory(bytes.Length));
        writer.Advance(bytes.Length);
    }

    /// <summary>Says how a call ended.</summary>
    private static Task TellAsync(HttpContext context, Action call) => TellAsync(context, () =>
    {
        call();
        return Task.CompletedTask;
    });

    private static async Task TellAsync(HttpContext context, Func<Task> call)
    {
        string told;
        try
        {
            await call();
            told = "allowed";
        }
        catch (Exception exception)
        {
            told = exception.GetType().Name;
        }

        await context.Response.WriteAsync(told);
    }

    private static string CreateFile()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("responses-").FullName, "file");
        File.WriteAllBytes(file, [.. Enumerable.Range(0, Large).Select(i => (byte)('a' + (i % 26)))]);
        return file;
    }
}
