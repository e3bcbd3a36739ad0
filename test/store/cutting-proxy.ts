import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Where a connection is cut: by words on their way to the server, and whether these still arrive. */
export interface Cut {
  readonly words: string;
  /** The words arrive and are carried out, but no answer to them comes back. */
  readonly arrives: boolean;
}

/** A proxy between a store and its server, which breaks connections on purpose. */
export interface CuttingProxy {
  readonly port: number;
  /** How many connections were cut. */
  readonly cuts: number;
  /** Cuts the next connection over which the words are sent, once. */
  cutAt(cut: Cut): void;
  close(): Promise<void>;
}

/** Opens a proxy for the server of a URL; the URL's host and port are to be replaced by its own. */
export async function cuttingProxy(url: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let next: Cut | null = null;
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let isDeaf = false;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (bytes) => {
      const cut = next;
      if (cut === null || !bytes.includes(cut.words)) {
        far.write(bytes);
        return;
      }
      next = null;
      cuts++;
      if (cut.arrives) {
        isDeaf = true;
        far.write(bytes);
      } else near.destroy();
    });
    far.on('data', (bytes) => {
      if (!isDeaf) near.write(bytes);
      // The server's last word on a transaction that it kept.
      else if (bytes.includes('COMMIT')) near.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    // Listening on a host and port, so the address is not the name of a pipe.
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    cutAt: (cut) => (next = cut),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
