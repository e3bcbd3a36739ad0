import type { Server } from './http/server.ts';
import { StartError } from './config.ts';

/** The address of what listens nowhere: only its own `fetch` answers it. */
const NOWHERE = { url: 'http://mingce.test', port: 0 };

/** Listens on a port, or nowhere, or throws a sentence that says what to do. */
export async function listen(server: Server, host: string, port: number | null): ReturnType<Server['listen']> {
  if (port === null) return NOWHERE;
  try {
    return await server.listen(host, port);
  } catch (cause) {
    throw new StartError(whyNotListening(cause, host, port), { cause });
  }
}

function whyNotListening(cause: unknown, host: string, port: number): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} on ${host} is in use; stop what uses it, or choose another with --port.`;
    case 'EACCES':
      return `Port ${String(port)} is not for this user; choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address ${host}; give --host one of its own.`;
    default:
      return `Cannot listen on ${host}, port ${String(port)} (${String(code)}); choose others with --host and --port.`;
  }
}
