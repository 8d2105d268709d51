namespace StackExchange.Redis;

/// <summary>Where replies are handled, as newer clients let one choose.</summary>
public static class SocketManagerThreads
{
    extension(SocketManager)
    {
        /// <summary>1.2.6 always reads on a thread of its own and completes on the thread pool.</summary>
        public static SocketManager? ThreadPool => null;
    }
}
