import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCall } from '../../src/http/incoming-call.ts';
import { load, type StoreTask } from '../../src/directory/store.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { expectPlatformEnvelope, expectQuietLog, isRefusal, type ReadReply } from '../hostile-input/envelope.ts';
import { ADMIN_KEY, startTestServer, readReply, type TestServer } from '../hostile-input/test-server.ts';
import type { Example } from '../hostile-input/request-examples.ts';
import { fuzzRequests, targetsOf, type FuzzRequest } from './requests.ts';

/*
 * Requests made up from the routes' own schemas. The short form is part of the tests; the long one runs as long as
 * MINGCE_FUZZ_SECONDS says: `npm run soak:fuzz -- 300`. MINGCE_FUZZ_SEED repeats a run.
 */

const seconds = Number(process.env['MINGCE_FUZZ_SECONDS'] ?? 0);
const seed = process.env['MINGCE_FUZZ_SEED'];

let context: TestServer;
let examples: readonly Example[];
beforeAll(async () => {
  context = await startTestServer();
  examples = targetsOf(context);
});
afterAll(() => context.close());

async function shoot({ example, target, headers, body }: FuzzRequest): Promise<ReadReply> {
  const call = createCall(example.method, target, { ids: randomIds, headers, ...(body === undefined ? {} : { body }) });
  return await readReply(await context.mingce.handle(call));
}

/** The records of both companies, and how many there are of them. */
async function records(): Promise<string> {
  const { store } = context.mingce;
  const reply: string[] = [];
  for (const key of ['alpha', 'beta']) {
    const tenant = (await store.tenantByKey(key))?.number ?? 0;
    reply.push(
      await store.read(function* (): StoreTask<string> {
        return JSON.stringify(yield* load('employee-page', { tenant, offset: 0, limit: 100, order: 'created' }));
      }),
    );
  }
  return reply.join('\n');
}

/** Whether somebody of the first company has not left. */
async function isActive(id: string): Promise<boolean> {
  const { store } = context.mingce;
  const tenant = (await store.tenantByKey('alpha'))?.number ?? 0;
  const found = await store.read(() => load('employees-by-id', { tenant, ids: [id] }));
  return found.get(id)?.status !== 'resigned';
}

/** Checks that later reads work. */
async function expectReadable(): Promise<void> {
  const reads = examples.filter(({ operation }) =>
    /^(employee\.mget|hr\.get_staff_info|staffs\.list)$/.test(operation),
  );
  expect(reads).toHaveLength(3);
  for (const example of reads) {
    const query = new URLSearchParams(example.query).toString();
    const given = example.operation === 'hr.get_staff_info' ? { userid: 'wang', get_all: true } : example.body;
    const { path: target, headers } = example;
    const body = given === undefined ? {} : { body: JSON.stringify(given) };
    const answer = await shoot({ example, target: `${target}?${query}`, headers, ...body });
    expectPlatformEnvelope(example.platform, answer, example.operation);
    // An employee who may have been resigned by a request is no member of WeCom any more.
    const isGone = example.operation === 'hr.get_staff_info' && !(await isActive('wang'));
    expect(isRefusal(example.platform, answer), answer.text).toBe(isGone);
  }
}

/** How often each route accepted and refused, printed after a long run. */
const tally = new Map<string, { answered: number; refused: number }>();

test(
  'whatever is sent to any route, it answers in its own words, and what it refuses it does not do',
  async () => {
    const secrets = [...context.alpha.secrets, ...context.beta.secrets, ADMIN_KEY];
    let before = await records();
    // Where most can go wrong most is tried: an update is what the directory is for, and one among many routes.
    const weights = { GET: 1, POST: 2, PUT: 5, PATCH: 10, DELETE: 1 } as const;
    const weightOf = ({ operation, method }: (typeof examples)[number]): number => {
      if (/^(employee\.patch|hr\.update_staff_info|staffs\.update)$/.test(operation)) return 20;
      return operation === 'companies.apply' ? 5 : weights[method];
    };
    const shots = fc.oneof(
      ...examples.map((example) => ({
        weight: weightOf(example),
        arbitrary: fuzzRequests(example, context),
      })),
    );
    await fc.assert(
      fc.asyncProperty(shots, async (shot) => {
        const { platform, method, pattern, operation } = shot.example;
        const about = `${method} ${shot.target} ${shot.body ?? ''}`.slice(0, 2_000);
        const answer = await shoot(shot);
        expectPlatformEnvelope(platform, answer, about);
        const refused = isRefusal(platform, answer);
        const after = await records();
        expect(refused ? after : before, about).toBe(before);
        before = after;
        // A refusal contains no personal data, except what the request itself contained.
        const said = JSON.stringify([shot.target, shot.headers, shot.body ?? '']);
        const reply = refused ? secrets.filter((secret) => answer.text.includes(secret) && !said.includes(secret)) : [];
        expect(reply, about).toEqual([]);
        const count = tally.get(`${method} ${pattern} ${operation}`) ?? { answered: 0, refused: 0 };
        if (refused) count.refused++;
        else count.answered++;
        tally.set(`${method} ${pattern} ${operation}`, count);
        await expectReadable();
      }),
      {
        ...(seconds === 0
          ? { numRuns: 600 }
          : { numRuns: 10_000_000, interruptAfterTimeLimit: seconds * 1_000, markInterruptAsFailure: false }),
        ...(seed === undefined ? {} : { seed: Number(seed) }),
        endOnFailure: seconds > 0,
      },
    );
    expectQuietLog(context.lines, [...secrets, context.alpha.feishu, context.alpha.wecom, context.alpha.hose]);
    if (seconds > 0)
      for (const [route, { answered, refused }] of [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)))
        process.stdout.write(`${route}: ${String(answered)} answered, ${String(refused)} refused\n`);
    // A fuzz that is only ever refused proves little.
    const writes = [...tally].filter(([route]) =>
      /employee\.patch|update_staff_info$|staffs\.(update|batch)/.test(route),
    );
    expect(writes.reduce((sum, [, { answered }]) => sum + answered, 0)).toBeGreaterThan(0);
  },
  (seconds + 60) * 1_000,
);
