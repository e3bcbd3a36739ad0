import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce, type FaultEffect, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { load, type StoreTask } from '../../src/directory/store.ts';
import type { Ids } from '../../src/lib/ids.ts';
import { companyFile } from '../hostile-input/companies.ts';
import { bodyOf, examplesOf, targetOf, type Example } from '../hostile-input/request-examples.ts';
import { ADMIN_KEY, sessionOf, type Session } from '../hostile-input/test-server.ts';
import { freshSchema } from '../support/fresh-store.ts';

/*
 * Every call that writes, of every platform, is made to fail: before it is carried out it leaves nothing (F1), after the
 * commit it leaves what the undisturbed call leaves (F2), and its retry is answered as a second call is.
 */

const AT = Date.parse('2026-01-05T00:00:00Z');

/** Identifiers that begin again when asked to, so that the same calls make the same ones. */
function repeatableIds(): Ids & { again(): void } {
  let n = 0;
  const text = (): string => (++n).toString(16).padStart(12, '0');
  return {
    again: () => void (n = 1_000_000),
    fresh: (prefix) => prefix + text().replaceAll('0', 'a').replaceAll('1', 'b').padStart(20, 'c'),
    hex: (length) => text().padStart(length, '0').slice(-length),
    uuid: () => `00000000-0000-4000-8000-${text()}`,
  };
}

/** With somebody who is about to leave, an empty department, an entry that is out of use and a tag. */
const company = `${companyFile('alpha')
  .replace(
    'job_titles:',
    '  - { id: d-empty, name: Empty, parent: root, code: e, feishu: { department_id: alpha-empty }, wecom: { id: 77 } }\njob_titles:',
  )
  .replace(
    'wecom:\n',
    'wecom:\n  tags: [{ tag_id: 1, name: Old, made_by: 1, userids: [li] }, { tag_id: 2, name: Empty, made_by: 1 }]\n',
  )
  .replace('code: P1 }', 'code: P1 }, { id: p-off, name: Off, code: P9, enabled: false }')}
  - { id: soon, name: Soon, status: pre-resigned, job_number: alpha-5 }
  - { id: new, name: New, activation: not-activated, job_number: alpha-6 }
`;

interface Subject {
  readonly m: Mingce;
  readonly ids: ReturnType<typeof repeatableIds>;
  readonly examples: readonly Example[];
}

async function open(store: string): Promise<Subject> {
  const ids = repeatableIds();
  const m = await startMingce({
    store,
    ids,
    sandbox: 'on',
    clock: { now: () => AT },
    companies: [company],
    adminKey: ADMIN_KEY,
    log: silentLog,
  });
  const session = await sessionOf(m, 'alpha');
  const examples = examplesOf(session)
    .filter(({ platform }) => platform === 'feishu' || platform === 'wecom' || platform === 'hose')
    .map((example) => ({ ...example, ...INSTEAD[nameOf(example)]?.(example, session) }));
  return { m, ids, examples };
}

/** What a call needs to change something, where the example of others is refused or changes nothing. */
const INSTEAD: Readonly<Record<string, (example: Example, session: Session) => Partial<Example>>> = {
  'feishu contact.user.update-user-id': () => ({ body: { new_user_id: 'wang-2' } }),
  'feishu contact.user.delete': (example) => of(example, 'fresh-contact', 'li'),
  'feishu contact.user.resurrect': (example) => of(example, 'fresh-contact', 'gone'),
  'feishu employee.to-be-resigned': (example) => of(example, 'fresh', 'li'),
  'feishu employee.regular': (example) => of(example, 'fresh', 'soon'),
  'feishu employee.delete': (example) => of(example, 'fresh', 'li'),
  'feishu employee.resurrect': (example) => of(example, 'fresh', 'gone'),
  'feishu department.create': (example) =>
    of(example, '', '', {
      department: { name: { default_value: 'Fresh' }, parent_department_id: '0', custom_department_id: 'fresh' },
    }),
  'feishu department.delete': (example) => of(example, 'alpha-one', 'alpha-empty'),
  'feishu contact.department.create': (example) =>
    of(example, '', '', { name: 'Fresh', parent_department_id: '0', department_id: 'fresh' }),
  'feishu contact.department.delete': (example) => of(example, 'alpha-one', 'alpha-empty'),
  'feishu contact.department.update-id': (example) => of(example, '', '', { new_department_id: 'alpha-newer' }),
  'wecom user.update': (example) => ({ body: without(example, 'biz_mail') }),
  'wecom user.create': (example) => ({ body: { ...without(example, 'biz_mail'), userid: 'fresh' } }),
  'wecom user.delete': (example) => ({ query: { ...example.query, userid: 'li' } }),
  'wecom user.delete.by-post': (example) => ({ query: { ...example.query, userid: 'li' } }),
  'wecom user.batchdelete': () => ({ body: { useridlist: ['li'] } }),
  'wecom department.create': () => ({ body: { name: 'Fresh', parentid: 1, id: 78 } }),
  'wecom department.delete': (example) => ({ query: { ...example.query, id: '77' } }),
  'wecom department.delete.by-post': (example) => ({ query: { ...example.query, id: '77' } }),
  'wecom user.authsucc': (example) => ({ query: { ...example.query, userid: 'new' } }),
  'wecom user.authsucc.by-post': (example) => ({ query: { ...example.query, userid: 'new' } }),
  'wecom tag.delete': (example) => ({ query: { ...example.query, tagid: '2' } }),
  'wecom tag.delete.by-post': (example) => ({ query: { ...example.query, tagid: '2' } }),
  'wecom tag.deltagusers': () => ({ body: { tagid: 1, userlist: ['li'] } }),
  'wecom tag.create': () => ({ body: { tagname: 'Fresh' } }),
  'hose staffs.create': (example) => ({ body: without(example, 'userid') }),
  'hose staffs.create.v1': (example) => ({ body: without(example, 'userid') }),
  'hose staffs.batchCreate': (example) => listed(example, 'staffList', (staff) => without({ body: staff }, 'userid')),
  'hose staffs.batchCreate.v1': (example) =>
    listed(example, 'staffList', (staff) => without({ body: staff }, 'userid')),
  'hose staffs.disableOrEnable': (example) => ({ query: { ...example.query, active: 'false' } }),
  'hose staffs.disableOrEnable.v1': (example) => ({ query: { ...example.query, active: 'false' } }),
  'hose departments.disableOrEnable': (example) => ({
    ...of(example, 'd-one', 'd-empty'),
    query: { ...example.query, active: 'false' },
  }),
  'hose departments.create': (example) => ({ body: { ...(example.body as object), name: 'Fresh' } }),
  'hose departments.create.v1': (example) => ({ body: { ...(example.body as object), name: 'Fresh' } }),
  'hose departments.batchCreate': (example) =>
    listed(example, 'departmentList', (made) => ({ ...made, name: 'Fresh' })),
  'hose roledefs.create': (example) => ({ body: { ...(example.body as object), name: 'Fresh' } }),
  'hose dimensions.items.create': (example) => ({ body: { ...(example.body as object), name: 'Fresh' } }),
  'hose dimensions.items.create.v1': (example) => ({ body: { ...(example.body as object), name: 'Fresh' } }),
  'hose dimensions.items.batchCreate': (example) =>
    listed(example, 'itemListRequest', (made) => ({ ...made, name: 'Fresh' })),
  'hose dimensions.items.batchCreate.v1': (example) =>
    listed(example, 'itemListRequest', (made) => ({ ...made, name: 'Fresh' })),
  'hose dimensions.items.enable': (example) => of(example, 'p-one', 'p-off'),
  'hose dimensions.items.enable.v1': (example) => of(example, 'p-one', 'p-off'),
  'hose property.addPropertySet': (example) =>
    listed(example, 'properties', (field) => ({ ...field, cnLabel: 'fresh', enLabel: 'Fresh' })),
  'hose charge.authStaff': (_example, { corporation }) => ({
    body: { type: 'id', addStaff: [], delStaff: [`${corporation}:wang`] },
  }),
};

/** The same call for another thing, or with another body. */
function of(example: Example, named: string, instead: string, body = example.body): Partial<Example> {
  return { path: example.path.replace(named, instead), ...(body === undefined ? {} : { body }) };
}
function without({ body }: Pick<Example, 'body'>, member: string): object {
  return Object.fromEntries(Object.entries(body as object).filter(([name]) => name !== member));
}
function listed(example: Example, list: string, change: (item: object) => object): Partial<Example> {
  const body = example.body as Readonly<Record<string, readonly object[]>>;
  return { body: { ...body, [list]: (body[list] ?? []).map(change) } };
}

const nameOf = ({ platform, operation }: Example): string => `${platform} ${operation}`;

/** Calls that are no writes of the company, whatever their method: what they are about is in the second column. */
const NO_WRITES: Readonly<Record<string, RegExp>> = {
  tokens: /token|Token|long-connection|auth\.|authen|passport|oauth|realms|\.tfa_|getProvisionalAuth/,
  reads:
    /mget|filter|search|basic-batch|batch-get-id|city\.list|getStaffIds|getOpenUserId|staffs\.phone|(staff|department)Custom$|convert_to|user\.(get|list|simplelist)|hr\.get|(department|agent|tag)\.(get|list|simplelist)|corp\.|getcallbackip|get_api_domain_ip|getresult|get_result|media\.get/,
  'kept in memory, of this process': /message\.|export\.|media\.upload|im\.image|batch\.invite/,
  'carried out later, by a job whose changes are its own': /batch\.(sync|replace)/,
  'refused as the company is': /unbind-chat|roledefs\.staffs\.(update|delete)\.v1/,
};

async function call({ m }: Subject, example: Example): Promise<string> {
  const body = bodyOf(example);
  const answer = await m.fetch(m.url + targetOf(example), {
    method: example.method,
    headers: example.headers,
    ...(body === undefined ? {} : { body }),
  });
  // The id of the request is all in which two answers to the same call differ.
  const text = (await answer.text()).replaceAll(/[0-9]{19,}[0-9a-f]*|hint: \[[0-9]+\]/g, '#');
  return `${String(answer.status)} ${text}`;
}

/** More than the changes of one employee between two resets; before them there are more with every call. */
const FEW = 10;

/**
 * Everything that is kept of the company, and the changes of its people that led to it since the reset: in one reading, and not as
 * a company file, which is written from it and takes far longer.
 */
async function stateOf({ m }: Subject): Promise<string> {
  return await m.store.consider('alpha', function* (now): StoreTask<string> {
    if (now === null) throw new Error('the company is gone');
    const { tenant, employees, accounts } = now;
    const about = tenant.number;
    const made: unknown[] = [];
    for (const id of new Set([...employees.map((one) => one.id), 'wang', 'li', 'soon', 'new', 'gone'])) {
      const history = yield* load('history', { tenant: about, employee: id, limit: FEW });
      const before = history.findIndex(({ origin }) => origin.operation === 'reset' || origin.operation === 'apply');
      if (before === -1 && history.length === FEW) throw new Error('more changes than were read');
      const since = before === -1 ? history : history.slice(0, before);
      made.push(...since.map(({ origin, fields }) => [id, origin.operation, fields]));
    }
    // The number of the newest change when its file was applied, and how often its time was set, grow with each reset.
    const { appliedFile: _marker, clock, ...parts } = tenant.parts;
    return JSON.stringify([made, parts, { ...clock, epoch: 0 }, employees, [...accounts]]);
  });
}

async function begin(subject: Subject): Promise<void> {
  await subject.m.reset();
  subject.ids.again();
}

/** What a call is answered that is made to fail. */
async function failing(subject: Subject, example: Example, effect: FaultEffect): Promise<string> {
  subject.ids.again();
  await subject.m.faults.add({ effect, times: 1 });
  const answer = await call(subject, example).catch(codeOf);
  await subject.m.faults.clear();
  return answer;
}

const BUSY = { feishu: '1500', wecom: '-1', hose: 'internal', admin: '', front: '' } as const;

/** Ways to fail before anything is written, and after it was. */
function waysOf({ platform }: Example): readonly (readonly [before: FaultEffect, after: FaultEffect])[] {
  const code = BUSY[platform];
  return [
    [{ cut: 'before-write' }, { cut: 'after-commit' }],
    [{ code }, { code, when: 'after-commit' }],
  ];
}

/** On PostgreSQL each write fails in one of the ways, in turn: how it is answered is decided before the engine, and after it. */
describe.each([
  ['SQLite', () => Promise.resolve('sqlite::memory:'), false],
  ['PostgreSQL', freshSchema, true],
])('on %s', (_engine, store, inTurn) => {
  let subject: Subject;
  const written: string[] = [];
  beforeAll(async () => {
    subject = await open(await store());
  });
  afterAll(() => subject.m.close());

  test('each write that fails leaves all of its change or nothing, and its retry is a second call', async () => {
    await begin(subject);
    const before = await stateOf(subject);
    for (const example of subject.examples) {
      const name = nameOf(example);
      subject.ids.again();
      await call(subject, example);
      const after = await stateOf(subject);
      // Nothing was written, so the next call finds the company as it was.
      if (after === before) continue;
      written.push(name);
      const again = await call(subject, example);
      await begin(subject);
      const turn = written.length % 2;
      const ways = waysOf(example).filter((_way, at) => !inTurn || at === turn);
      for (const [early, late] of ways) {
        const refusal = await failing(subject, example, early);
        expect([name, early, refusal === 'ECONNRESET']).toEqual([name, early, 'cut' in early]);
        // So the next begins with the company as it was.
        expect([name, early, await stateOf(subject)]).toEqual([name, early, before]);
        const answer = await failing(subject, example, late);
        expect([name, late, answer === 'ECONNRESET']).toEqual([name, late, 'cut' in late]);
        expect([name, late, await stateOf(subject)]).toEqual([name, late, after]);
        expect([name, await call(subject, example)]).toEqual([name, again]);
        const noted = subject.m.requests?.last('cut' in late ? 'ended:cut' : '');
        expect([name, late, noted?.operation]).toEqual([name, late, example.operation]);
        await begin(subject);
      }
    }
  }, 300_000);

  test('every operation that writes was among them', () => {
    const noWrite = Object.values(NO_WRITES);
    const others = subject.examples
      .filter(({ method, operation }) => method !== 'GET' && !noWrite.some((pattern) => pattern.test(operation)))
      .map(nameOf);
    expect(others.filter((name) => !written.includes(name))).toEqual([]);
    expect(written.length).toBeGreaterThan(70);
  });
});

function codeOf(error: unknown): string {
  return String((error as { cause?: { code?: string } }).cause?.code);
}
