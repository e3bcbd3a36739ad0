import { CompanyFileError, RemovalsError } from '../company/contract.ts';
import type { ProblemDetails } from '../http/admin/contract.ts';
import { isObject } from '../lib/json-equal.ts';
import { CommandError, UsageError } from './error-message.ts';

/** Sends one request to a running server. */
export type AdminRequest = (
  method: string,
  path: string,
  body?: string | Uint8Array | AsyncIterable<Uint8Array>,
) => Promise<Response>;

/** A running server, to be asked with its admin key. */
export function createAdminClient(server: string, adminKey: string): AdminRequest {
  return async (method, path, body) => {
    let url: URL;
    try {
      url = new URL(path, server);
    } catch (cause) {
      throw new UsageError(`"${server}" is not the address of a server; write e.g. http://127.0.0.1:6464.`, {
        cause,
      });
    }
    try {
      const headers = { Authorization: `Bearer ${adminKey}` };
      // What comes in pieces can only be sent in one direction at a time.
      return await fetch(url, { method, headers, ...(body === undefined ? {} : { body, duplex: 'half' }) });
    } catch (cause) {
      throw new CommandError(`No server answers at ${url.origin}; start it, or correct --server.`, { cause });
    }
  };
}

/** What of a refusal is a mistake on the command line. */
export interface RefusalOptions {
  /** Statuses that say so; none where what is refused comes from a file. */
  readonly mistakes?: readonly number[];
}

/** Turns a refusal of the admin API into an error for the command line. */
export async function toCommandError(answer: Response, { mistakes = [400] }: RefusalOptions = {}): Promise<Error> {
  if (answer.status === 421) {
    return new CommandError(
      'The server at --server does not answer to this name; list it in its MINGCE_HOSTS (--allow-host), or use 127.0.0.1.',
    );
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!isObject(body) || typeof body['detail'] !== 'string') {
    return new CommandError(`The server at --server is not Mingce (HTTP ${String(answer.status)}).`);
  }
  // The admin API words every refusal so.
  const { detail, detail_zh: zh, faults, removals } = body as unknown as ProblemDetails;
  if (faults !== undefined) return new CompanyFileError(faults);
  if (removals !== undefined) return new RemovalsError(removals);
  if (answer.status === 401) {
    return new CommandError('The server does not know this admin key; give --admin-key or MINGCE_ADMIN_KEY.');
  }
  const sentence = `The server refused: ${detail}${zh === undefined ? '' : ` ${zh}`}`;
  return mistakes.includes(answer.status) ? new UsageError(sentence) : new CommandError(sentence);
}
