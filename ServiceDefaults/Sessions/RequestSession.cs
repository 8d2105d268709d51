using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Sessions;

/// <summary>The session of one request. Reading is from memory; changes are saved in one step before the response leaves.</summary>
internal sealed class RequestSession(HttpContext context, ISessionStorage storage, SessionCookie cookie, int maxBytes) : ISession
{
    /// <summary>Keys that begin like this are the product's own: not among <see cref="Keys"/>, and not removed by <see cref="Clear"/>.</summary>
    public const string ReservedPrefix = "ServiceDefaults.";

    private Dictionary<string, byte[]> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private SessionToken? token;
    private bool exists;
    private int size;

    public bool IsAvailable => true;

    /// <summary>Whether the store has it: the browser has a living session.</summary>
    public bool Exists => exists;

    /// <summary>Names the session in a log; no cookie can be made from it.</summary>
    public string Id => (token ??= cookie.Create()).Key;

    public IEnumerable<string> Keys => values.Keys.Where(key => !key.StartsWith(ReservedPrefix, StringComparison.Ordinal));

    public bool IsDirty => changed.Count > 0;

    /// <summary>Called with the old id when the session has a new one, before the browser is told of it; null for a session that had none.</summary>
    public Func<string?, Task>? Renewed { get; set; }

    /// <summary>Reads the session that the request's cookie names; a request without one costs nothing.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        if (exists || cookie.Read(context) is not { } read
            || await storage.LoadAsync(read.Key, cancellationToken) is not { } stored)
        {
            return;
        }

        token = read;
        Adopt(stored);
    }

    public bool TryGetValue(string key, [NotNullWhen(true)] out byte[]? value) => values.TryGetValue(key, out value);

    public void Set(string key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        EnsureCanChange();
        MakeRoom(key, value.Length);
        values[key] = [.. value]; // the caller may go on using its array
        changed.Add(key);
    }

    public void Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (values.TryGetValue(key, out var old))
        {
            EnsureCanChange();
            size -= SizeOf(key, old);
            values.Remove(key);
            changed.Add(key);
        }
    }

    public void Clear()
    {
        foreach (var key in Keys.ToArray())
        {
            Remove(key);
        }
    }

    /// <summary>Saves what was changed since the last save; creates the session when this is its first value.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        if (!IsDirty)
        {
            return;
        }

        if (exists)
        {
            await SaveChangesAsync(cancellationToken);
        }
        else if (values.Count > 0)
        {
            await CreateAsync(cancellationToken);
        }

        changed.Clear();
    }

    public async Task<int> IncrementAsync(string key, int by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!exists)
        {
            var first = checked((this.GetInt32(key) ?? 0) + by);
            this.SetInt32(key, first);
            return first;
        }

        await CommitAsync(cancellationToken);
        MakeRoom(key, sizeof(int));
        var value = await storage.IncrementAsync(token!.Key, key, by, cancellationToken) ?? throw new SessionEndedException();
        values[key] = [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
        return value;
    }

    /// <summary>Moves what the session holds under a new id; the old id is dead at once.</summary>
    /// <remarks>Changes of this request go under the new id only: who holds the old one must not see what signing in brings.</remarks>
    public async Task RenewIdAsync(CancellationToken cancellationToken)
    {
        EnsureCanChange();
        var oldId = exists ? token!.Key : null;
        if (oldId is not null)
        {
            var changes = Changes();
            Adopt(await storage.EndAsync(oldId, cancellationToken) ?? throw new SessionEndedException());
            Apply(changes);
        }

        token = null;
        exists = false;
        changed.UnionWith(values.Keys);
        await CommitAsync(CancellationToken.None); // not half-way: the old one has gone
        if (Renewed is not null)
        {
            await Renewed(oldId);
        }
    }

    /// <summary>Ends the session everywhere; what is set afterwards begins a new one.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        EnsureCanChange();
        if (exists)
        {
            await storage.EndAsync(token!.Key, cancellationToken);
            cookie.Delete(context);
        }

        token = null;
        exists = false;
        values.Clear();
        changed.Clear();
        size = 0;
    }

    private static int SizeOf(string key, byte[] value) => Encoding.UTF8.GetByteCount(key) + value.Length;

    private void MakeRoom(string key, int length)
    {
        var newSize = size + (values.TryGetValue(key, out var old) ? length - old.Length : Encoding.UTF8.GetByteCount(key) + length);
        if (newSize > maxBytes)
        {
            throw new SessionTooLargeException(newSize, maxBytes);
        }

        size = newSize;
    }

    private void Apply(IReadOnlyDictionary<string, byte[]?> changes)
    {
        foreach (var (key, value) in changes)
        {
            size -= values.Remove(key, out var old) ? SizeOf(key, old) : 0;
            if (value is not null)
            {
                size += SizeOf(key, value);
                values.Add(key, value);
            }
        }
    }

    private Dictionary<string, byte[]?> Changes() => changed.ToDictionary(key => key, values.GetValueOrDefault, StringComparer.Ordinal);

    private async Task SaveChangesAsync(CancellationToken cancellationToken)
    {
        if (!await storage.SaveAsync(token!.Key, Changes(), cancellationToken))
        {
            throw new SessionEndedException();
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        token ??= cookie.Create();
        await storage.CreateAsync(token.Key, values, cancellationToken);
        exists = true;
        cookie.Write(context, token);
    }

    private void Adopt(IReadOnlyDictionary<string, byte[]> stored)
    {
        exists = true;
        values = new Dictionary<string, byte[]>(stored, StringComparer.Ordinal);
        size = values.Sum(value => SizeOf(value.Key, value.Value));
    }

    /// <summary>A change after the headers have left could neither be saved before the response nor set a cookie.</summary>
    private void EnsureCanChange()
    {
        if (context.Response.HasStarted)
        {
            throw new InvalidOperationException(
                "The session cannot be changed once the response has started, because the change could be lost. Change it before the first byte is written.");
        }
    }
}
