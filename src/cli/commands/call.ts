import { once } from 'node:events';
import { toCommandError } from '../admin-client.ts';
import { askedServer } from '../asked-server.ts';
import { bytesIn } from '../arguments/body-option.ts';
import { UsageError } from '../error-message.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce call`. */
export interface CallOptions extends TargetOptions {
  readonly admin: boolean;
  readonly body?: string;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
const BASE = '/mingce/v1';

/** Sends any call of the admin API to a running server and writes its answer. */
export async function call(method: string, path: string, options: CallOptions): Promise<void> {
  const verb = method.toUpperCase();
  if (!options.admin) throw new UsageError('Add --admin: mingce call --admin GET /overview?company=demo.');
  if (!METHODS.has(verb)) throw new UsageError(`"${method}" is no method; use ${[...METHODS].join(', ')}.`);
  if (verb === 'GET' && options.body !== undefined) throw new UsageError('GET takes no --body. GET 不带请求体。');
  if (!path.startsWith('/') || path.startsWith('//')) {
    throw new UsageError(`"${path}" is no path; write e.g. /companies/demo/employees?q=zs.`);
  }
  const ask = await askedServer(options);
  // The path begins with the base in any case, so the key is sent to no other address.
  const answer = await ask(verb, path.startsWith(BASE) ? path : `${BASE}${path}`, bytesIn(options.body));
  if (!answer.ok) throw await toCommandError(answer);
  if (answer.body === null) return;
  for await (const piece of answer.body) {
    if (!process.stdout.write(Buffer.from(piece))) await once(process.stdout, 'drain');
  }
  if ((answer.headers.get('content-type') ?? '').includes('json')) process.stdout.write('\n');
}
