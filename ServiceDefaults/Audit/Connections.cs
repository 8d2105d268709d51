using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ServiceDefaults.Audit;

/// <summary>Connects to the site. A certificate that is not in order is looked at, and does not end the audit.</summary>
internal sealed class Connections(AuditTarget target)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>As the first connection has presented it; null when none has used TLS.</summary>
    public PresentedCertificate? Certificate { get; private set; }

    public async Task<NetworkStream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.Connect, port, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            throw exception is OperationCanceledException && !cancellationToken.IsCancellationRequested ? new SocketException((int)SocketError.TimedOut) : exception;
        }
    }

    public async Task<Stream> ConnectSecurelyAsync(int port, CancellationToken cancellationToken)
    {
        var stream = new SslStream(await ConnectAsync(port, cancellationToken));
        try
        {
            await stream.AuthenticateAsClientAsync(Options(), cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions Options()
    {
        // As strict clients do: what the server does not send is not fetched from elsewhere.
        var chain = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (target.Roots is { } roots)
        {
            chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.CustomTrustStore.AddRange(roots);
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = target.Host,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            CertificateChainPolicy = chain,
            RemoteCertificateValidationCallback = (_, certificate, built, problems) =>
            {
                Certificate ??= certificate is null ? null : PresentedCertificate.From(certificate, built, problems);
                return Certificate is not null;
            },
        };
    }
}
