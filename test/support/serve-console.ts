import { silentLog, startMingce, StartError, type Mingce, type StartOptions } from '../../src/index.ts';

/** Where the last one of each line was. */
const ports = new Map<string, number>();

/**
 * Starts a server whose pages a browser opens, at the address of the one before where that is closed: of a page at another address
 * the browser reads and compiles all scripts again. Tests that run side by side each have a `line`, so that
 * each follows its own.
 */
export async function serveConsole(options: StartOptions, line = ''): Promise<Mingce> {
  const quiet = { log: silentLog, ...options };
  const mingce = await startMingce({ ...quiet, port: ports.get(line) ?? 0 }).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    return startMingce({ ...quiet, port: 0 });
  });
  ports.set(line, mingce.port);
  return mingce;
}
