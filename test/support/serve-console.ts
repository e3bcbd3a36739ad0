import { silentLog, startMingce, StartError, type Mingce, type StartOptions } from '../../src/index.ts';

/** Where the last one was; at first any port is free enough. */
let port = 0;

/**
 * Starts a server whose pages a browser opens, at the address of the one before where that is closed: of a page at another address
 * the browser reads and compiles all scripts again.
 */
export async function serveConsole(options: StartOptions): Promise<Mingce> {
  const quiet = { log: silentLog, ...options };
  const mingce = await startMingce({ ...quiet, port }).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    return startMingce({ ...quiet, port: 0 });
  });
  ({ port } = mingce);
  return mingce;
}
