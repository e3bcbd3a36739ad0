import * as net from 'node:net';

/**
 * A socket that is bound to a numeric address already, for a server to listen on; null where the runtime has none (before
 * 26.4), where the host is a name, and in a cluster, whose processes share one. A server that binds by itself asks what the
 * host means first, with a pattern for IPv6 that takes a fifth of a start to compile. Throws the system's error.
 */
export function boundSocket(host: string, port: number): net.BoundSocket | null {
  const { BoundSocket } = net as { BoundSocket?: typeof net.BoundSocket };
  if (BoundSocket === undefined || !net.isIPv4(host)) return null;
  if (process.getBuiltinModule('node:cluster').isWorker) return null;
  return new BoundSocket({ host, port });
}
