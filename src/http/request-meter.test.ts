import { expect, test } from 'vitest';
import type { DialectContext, Reply, Route } from '../dialects/dialect.ts';
import { StoreBusyError } from '../directory/errors.ts';
import { systemClock } from '../lib/time/clock.ts';
import { randomIds } from '../lib/ids.ts';
import { silentLog } from '../lib/log.ts';
import { createCall } from './incoming-call.ts';
import { Server } from './server.ts';

const reply = (more: Partial<Reply> = {}): Reply => ({ status: 200, headers: {}, body: '', ...more });
const record = { verdicts: [], problem: { kind: 'taken', subject: 'mobile' } } as const;

const answers: Readonly<Record<string, () => Promise<Reply>>> = {
  ok: () => Promise.resolve(reply({ code: 0 })),
  codeless: () => Promise.resolve(reply({ status: 204 })),
  refused: () => Promise.resolve(reply({ code: 40_058, outcome: { records: [record] } })),
  missing: () => Promise.resolve(reply({ status: 404 })),
  partly: () => Promise.resolve(reply({ code: 0, outcome: { records: [{ verdicts: [] }, record] } })),
  busy: () => Promise.reject(new StoreBusyError('disk full')),
  broken: () => Promise.reject(new TypeError('x')),
  thrown: () => {
    throw new TypeError('x');
  },
};

/** A platform that answers its failures with the status of a success, as one of ours does. */
function server(): Server {
  const routes = Object.entries(answers).flatMap(([operation, answer]): readonly Route[] => [
    { operation, method: 'GET', path: `/p/${operation}/:id`, answer },
    { operation, method: 'POST', path: `/p/v2/${operation}`, answer },
  ]);
  const turn = (): Reply => reply({ code: -1 });
  return new Server({
    groups: [{ name: 'p', prefixes: ['/p/'], routes, bodyBytes: 10, fallback: turn }],
    context: () => ({ store: {}, now: (_tenant: unknown) => systemClock.now(), ids: randomIds }) as DialectContext,
    limits: {
      headerBytes: 1,
      connections: 1,
      connectionsPerAddress: 1,
      bodiesBytes: 1,
      answersBytes: 1,
      headersSeconds: 1,
      requestSeconds: 1,
      keepAliveSeconds: 1,
      stopSeconds: 1,
    },
    log: silentLog,
    origin: null,
  });
}

test('each request is counted once, by what became of it and not by its status alone', async () => {
  const asked = server();
  const send = (method: string, path: string, body?: string): Promise<Reply> =>
    asked.handle(createCall(method, path, { ids: randomIds, ...(body === undefined ? {} : { body }) }));
  // Side by side: a failure must not be taken for its neighbour.
  await Promise.all(
    Object.keys(answers).flatMap((operation) => [send('GET', `/p/${operation}/1`), send('POST', `/p/v2/${operation}`)]),
  );
  await send('GET', '/p/nothing');
  await send('POST', '/p/v2/ok', 'more than ten bytes');
  const [requests] = asked.metrics.filter(({ name }) => name === 'mingce_requests_total');
  const counts = [...(requests?.read() ?? [])].map(({ labels, value }) => [
    labels?.['operation'],
    labels?.['outcome'],
    value,
  ]);
  expect(counts).toEqual([
    ['ok', 'ok', 2],
    ['ok', 'refused', 1],
    ['codeless', 'ok', 2],
    ['refused', 'refused', 2],
    ['missing', 'refused', 2],
    ['partly', 'partly', 2],
    ['busy', 'failed', 2],
    ['broken', 'failed', 2],
    ['thrown', 'failed', 2],
    ['none', 'refused', 1],
  ]);
  const [seconds] = asked.metrics.filter(({ name }) => name === 'mingce_request_seconds');
  const timed = [...(seconds?.read() ?? [])]
    .filter(({ part }) => part === 'count')
    .reduce((sum, { value }) => sum + value, 0);
  expect(timed).toBe(18);
});
