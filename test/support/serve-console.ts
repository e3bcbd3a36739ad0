import { silentLog, startMingce, StartError, type Mingce, type StartOptions } from '../../src/index.ts';

/** Where the last one was, for each language that pages are tried in beside another. */
const ports = new Map<string, number>();

/**
 * Starts a server whose pages a browser opens, at the address of the one before where that is closed: of a page at another address
 * the browser reads and compiles all scripts again. Where both languages are tried side by side, each has an address of its own, as it has
 * a page of its own.
 */
export async function serveConsole(options: StartOptions, language = ''): Promise<Mingce> {
  const quiet = { log: silentLog, ...options };
  const mingce = await startMingce({ ...quiet, port: ports.get(language) ?? 0 }).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    return startMingce({ ...quiet, port: 0 });
  });
  ports.set(language, mingce.port);
  return mingce;
}
