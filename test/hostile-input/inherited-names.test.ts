import { afterAll, beforeAll, test } from 'vitest';
import { isObject } from '../../src/lib/json-equal.ts';
import { expectPlatformEnvelope, expectQuietLog } from './envelope.ts';
import { bodyOf, examplesOf, targetOf, type Example } from './request-examples.ts';
import { send } from './socket.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/* Names that every object of JavaScript has from its prototype, where a caller may write any name. */

const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];

let context: TestServer;
let examples: readonly Example[];
beforeAll(async () => {
  context = await startTestServer({});
  examples = examplesOf(context.alpha);
});
afterAll(() => context.close());

/** The text of a value whose objects all have further members of such a name. */
function withName(value: unknown, name: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => withName(item, name)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const own = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${withName(member, name)}`);
  return `{${[...own, `"${name}":{}`].join(',')}}`;
}

test('a member that is named as one of the runtime is an unknown one, wherever it is', async () => {
  for (const example of examples) {
    // What is removed cannot be asked for afterwards.
    if (example.method === 'DELETE') continue;
    const body = bodyOf(example);
    const json = body?.startsWith('{') === true ? (JSON.parse(body) as unknown) : undefined;
    const target = targetOf(example);
    for (const name of NAMES) {
      const bodies = json === undefined ? [body] : [`{"${name}":{}}`, withName(json, name)];
      for (const sent of bodies) {
        const answer = await send(context.port, {
          method: example.method,
          target: `${target}${target.includes('?') ? '&' : '?'}${name}=1`,
          headers: example.headers,
          ...(sent === undefined ? {} : { body: sent }),
        });
        expectPlatformEnvelope(example.platform, answer, `${example.method} ${target} ${sent ?? ''}`.slice(0, 500));
      }
    }
  }
  expectQuietLog(context.lines, []);
}, 120_000);
