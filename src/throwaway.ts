import type { Call, Reply } from './dialects/dialect.ts';
import type { Companies } from './company/contract.ts';
import { createCall } from './http/incoming-call.ts';
import type { Clock } from './lib/time/clock.ts';
import { randomIds } from './lib/ids.ts';
import { silentLog, type Log } from './lib/log.ts';
import type { Answered, OpenThrowaway, Sent } from './sandbox/catalogue/throwaway.ts';
import type { Requests } from './sandbox/library/contract.ts';

/** As much of a running directory as a case needs. */
interface Started {
  readonly companies: Companies;
  readonly requests: Requests | null;
  handle(call: Call): Promise<Reply>;
  close(): Promise<void>;
}

/** How the directory is started. */
interface Options {
  readonly store: string;
  readonly host: string;
  readonly sandbox: 'on';
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens directories in memory for the cases of the catalogue. */
export function throwaways(start: (options: Options) => Promise<Started>): OpenThrowaway {
  return async (at) => {
    let now = at;
    const clock = { now: () => now };
    const directory = await start({
      store: 'sqlite::memory:',
      host: '127.0.0.1',
      sandbox: 'on',
      clock,
      log: silentLog,
    });
    const keys = new Set<string>();
    return {
      apply: async (key, text) => {
        await directory.companies.apply(key, text, { plan: false, request: 'try' });
        keys.add(key);
      },
      send: async (sent) => {
        const reply = await directory.handle(callOf(sent));
        return answered(reply, directory.requests);
      },
      wait: (milliseconds) => void (now += milliseconds),
      state: () => Promise.all([...keys].map(async (key) => (await directory.companies.export(key)) ?? '')),
      close: () => directory.close(),
    };
  };
}

function callOf({ method, path, headers, body, address }: Sent): Call {
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return createCall(method, path, {
    ids: randomIds,
    headers: { host: '127.0.0.1:6464', ...named },
    ...(body === undefined ? {} : { body }),
    ...(address === undefined ? {} : { peer: address }),
  });
}

async function answered(reply: Reply, requests: Requests | null): Promise<Answered> {
  const { status, headers } = reply;
  const text = await replyText(reply);
  const [entry] = requests?.list() ?? [];
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: jsonOrText(text),
    fields: entry?.fields ?? [],
  };
}

/** Reads the body of a reply to its end, as text. */
export async function replyText({ body, stream }: Pick<Reply, 'body' | 'stream'>): Promise<string> {
  if (stream === undefined) return typeof body === 'string' ? body : Buffer.from(body).toString();
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
