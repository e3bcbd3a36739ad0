import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { createCall } from '../../src/http/incoming-call.ts';
import { StoreBusyError } from '../../src/directory/errors.ts';
import type { Decision, StoreTask } from '../../src/directory/store.ts';
import { randomIds } from '../../src/lib/ids.ts';
import type { OpenedStore } from '../../src/store/replaceable-store.ts';
import { ADMIN_KEY, startTestServer, readReply, type TestServer } from '../hostile-input/test-server.ts';
import { bodyOf, examplesOf, targetOf } from '../hostile-input/request-examples.ts';

/* A failing store is the way by which what a caller sent could reach the log: its errors quote it. */

const PLANTED = { mobile: '+8613700001111', mail: 'planted.person@example.com', name: '王机密', id: 'on-planted-4711' };
const SECRETS = [...Object.values(PLANTED), '13700001111', 'planted', 'tokenofsomebody'];

let context: TestServer;
let errors: readonly Error[];
beforeAll(async () => {
  context = await startTestServer();
  errors = [...sqliteErrors(), ...(await postgresErrors()), ...otherErrors()];
});
afterAll(() => context.close());

function caught(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not fail');
}

/** What SQLite says when values are refused. */
function sqliteErrors(): readonly Error[] {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE person (mobile TEXT UNIQUE, age INTEGER CHECK (age > 0)) STRICT');
  const insert = db.prepare('INSERT INTO person VALUES (?, ?)');
  insert.run(PLANTED.mobile, 1);
  return [
    caught(() => insert.run(PLANTED.mobile, 1)),
    caught(() => insert.run(PLANTED.mail, -1)),
    caught(() => insert.run('x', PLANTED.name)),
    caught(() => db.prepare(`SELECT json_extract('{"${PLANTED.mobile}', '$.x')`).all()),
    caught(() => db.prepare(`SELECT "${PLANTED.mail}" FROM person WHERE ${PLANTED.id}`).all()),
  ];
}

/** What PostgreSQL says, with all that its driver hangs onto an error. */
async function postgresErrors(): Promise<readonly Error[]> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query('CREATE TEMP TABLE person (mobile TEXT UNIQUE, name TEXT NOT NULL, age INT CHECK (age > 0))');
  const insert = 'INSERT INTO person VALUES ($1, $2, $3)';
  await client.query(insert, [PLANTED.mobile, PLANTED.name, 1]);
  const failed = async (text: string, values: readonly unknown[]): Promise<Error> => {
    const error: unknown = await client.query(text, [...values]).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (!(error instanceof Error)) throw new Error('it did not fail');
    return error;
  };
  const found = [
    await failed(insert, [PLANTED.mobile, PLANTED.name, 1]),
    await failed(insert, [PLANTED.mail, null, 1]),
    await failed(insert, [PLANTED.id, PLANTED.name, -1]),
    await failed(insert, ['x', 'x', PLANTED.name]),
    await failed('SELECT $1::json', [`{"${PLANTED.mobile}": tokenofsomebody}`]),
    await failed('SELECT $1::date', [PLANTED.id]),
    await failed(`SELECT ${PLANTED.id.replaceAll('-', '_')} FROM person`, []),
  ];
  await client.end();
  return found;
}

function otherErrors(): readonly Error[] {
  return [
    caught(() => JSON.parse(`{"mobile": "${PLANTED.mobile}", tokenofsomebody`) as unknown),
    caught(() => decodeURIComponent(`%${PLANTED.name}`)),
    new TypeError(`Cannot read properties of undefined (reading '${PLANTED.id}')`),
    new Error(`several lines\n    at ${PLANTED.name} (${PLANTED.mail})\n    at planted (file:///x.ts)`),
    new StoreBusyError('nothing can be kept just now', {
      cause: new Error(`Key (mobile)=(${PLANTED.mobile}) is locked`),
    }),
    new Error(`no employee ${PLANTED.id}`, { cause: { mobile: PLANTED.mobile } }),
  ];
}

/** The same work, which fails when it has been given so many answers, or when it has decided. */
function* failing<Result>(work: StoreTask<Result>, answers: number, error: Error): StoreTask<Result> {
  let step = work.next();
  for (let given = 0; step.done !== true; given++) {
    if (given === answers) throw error;
    step = work.next(yield step.value);
  }
  throw error;
}

test('no line of the log holds what was sent or kept, whatever fails on whatever route', async () => {
  const { mingce, alpha, lines } = context;
  // The store that answers now, for all who ask: see `OpenedStore.current`.
  const store = (mingce.store as OpenedStore).current();
  const read = store.read.bind(store);
  const write = store.write.bind(store);
  let failsAfter = 0;
  let error = errors[0] ?? new Error();
  vi.spyOn(store, 'read').mockImplementation((work: () => StoreTask<unknown>) =>
    read(() => failing(work(), failsAfter, error)),
  );
  vi.spyOn(store, 'write').mockImplementation((work: () => StoreTask<Decision<unknown>>) =>
    write(() => failing(work(), failsAfter, error)),
  );
  for (const way of ['rewriteTenant', 'tenantByKey', 'tenantByApp', 'tenantByName', 'tenantKeys', 'isReady'] as const) {
    vi.spyOn(store, way).mockImplementation(() => Promise.reject(error));
  }
  const examples = examplesOf(alpha);
  const failed = new Set<string>();
  for (const [index, one] of errors.entries()) {
    error = one;
    // Failing at once, between facts, and only when all is decided.
    failsAfter = [0, 1, 2, 99][index % 4] ?? 0;
    for (const example of examples) {
      const body = bodyOf(example);
      const headers = { ...example.headers, cookie: `sid=tokenofsomebody`, 'x-mobile': PLANTED.mobile };
      const target = `${targetOf(example)}${targetOf(example).includes('?') ? '&' : '?'}mail=${PLANTED.mail}`;
      const before = lines.length;
      const reply = await mingce.handle(
        createCall(example.method, target, { ids: randomIds, headers, ...(body === undefined ? {} : { body }) }),
      );
      const text = lines.slice(before).join('');
      if (/"event":"(?:defect|store-busy)"/.test(text)) failed.add(`${example.platform} ${example.operation}`);
      const { text: answer } = await readReply(reply);
      for (const secret of SECRETS) expect(answer, `${example.operation}: ${one.message}`).not.toContain(secret);
    }
  }
  vi.restoreAllMocks();
  const log = lines.join('');
  const tokens = [alpha.feishu, alpha.wecom, alpha.hose, alpha.hoseRefresh, alpha.spare.accessToken];
  for (const secret of [...SECRETS, ...alpha.secrets, ...tokens, ADMIN_KEY, 'new@example.com', '13900009001']) {
    expect(log.includes(secret), `the log holds ${secret}`).toBe(false);
  }
  // An empty log would pass unnoticed.
  expect(failed.size).toBeGreaterThan(15);
  expect(log).toMatch(/"code":"23505"/);
  expect(log).toMatch(/UNIQUE constraint failed: person.mobile/);
});
