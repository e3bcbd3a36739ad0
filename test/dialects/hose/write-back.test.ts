import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf, corporationA, type Client } from './hose-client.ts';

/* What a read tells can be sent back to the write, and changes nothing. */

let directory: TestDirectory;
let hose: Client;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [corporationA(', dimensions: [{ name: 项目, code: XM }]')] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterAll(() => directory.close());

const texts = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => text.trim() !== '');
const optional = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(values, { nil: undefined });
const departments = fc.shuffledSubarray(['CorpA', 'CorpA:rd', 'CorpA:qa', 'CorpA:plain'], { minLength: 1 });

/** Updates of everything that an update can say. */
const updates = fc
  .record({
    name: texts,
    enName: optional(texts),
    nickName: optional(fc.oneof(texts, fc.constant(''))),
    code: optional(fc.oneof(texts, fc.constant(''))),
    cellphone: optional(fc.constantFrom('', '13800000001', '(852)61234567', '(86)13912345678', '0')),
    email: optional(fc.constantFrom('Li@A', 'li@a', 'x@y')),
    modifyAccountEmail: optional(fc.boolean()),
    note: optional(fc.oneof(texts, fc.constant(''))),
    among: optional(departments),
    staffCustomForm: optional(
      fc.record(
        {
          rankType: fc.constantFrom('ID_p5', 'ID_p6', '', null),
          postType: fc.constantFrom('ID_dev', '', null),
          base: fc.constantFrom('[{"key":"8","label":"北京市/海淀区"}]', '', null),
          u_项目: fc.constantFrom('ID_px', 'ID_py', '', null),
          u_爱好: fc.oneof(texts, fc.constant(''), fc.constant(null)),
          u_尺码: fc.oneof(fc.integer(), fc.constant('1.50'), fc.constant('')),
          u_纪念日: fc.oneof(fc.integer({ min: 0, max: 2e12 }), fc.constant(null)),
          u_预算: fc.constantFrom({ standard: '1.20', standardStrCode: 'CNY', standardScale: 2 }, '', null),
        },
        { requiredKeys: [] },
      ),
    ),
  })
  .map(({ among, ...update }) => ({
    ...update,
    ...(among === undefined ? {} : { departments: among, defaultDepartment: among[0] }),
  }));

test('of a staff, under both kinds of update and in a batch', async () => {
  await fc.assert(
    fc.asyncProperty(updates, fc.constantFrom('CorpA:li', 'CorpA:none', 'CorpA:a$b:c'), async (sample, id) => {
      // No two employees log in with the same value.
      const email = sample.email === undefined ? {} : { email: `${sample.email}.${id.replaceAll(/\W/g, '')}` };
      const update = { ...sample, ...email };
      expect((await hose.update(id, update)).status).toBe(200);
      const before = await hose.staff(id);
      const record = await directory.employee('a', before.userId);
      // What an update calls `email` is what a read calls `showEmail`; cleared, it can only be left out (contract 2.5).
      const { email: _login, showEmail, updateTime: _time, roles: _roles, ...reply } = before;
      const sent = { ...reply, ...(showEmail ? { email: showEmail } : {}) };
      const written = [
        await hose.update(id, sent),
        await hose.send('PUT', `/api/openapi/v2/staffs/update/$${id}`, { body: sent }),
      ];
      for (const { json } of written)
        expect(json.value).toEqual({ ...reply, email: before.email, showEmail, updateTime: expect.any(String) });
      expect((await hose.batch([sent])).json.items[0]).toEqual(written[0]?.json.value);
      const { updatedAt: _before, ...as } = record;
      const { updatedAt: _after, ...now } = await directory.employee('a', before.userId);
      expect(now).toEqual(as);

      const v1 = await hose.send('PUT', `/api/openapi/v1/staffs/update/$${id}`, { body: sent });
      // Under v1 a staff who had no form has an empty one (hose-more 6, row 3).
      const form = reply.staffCustomForm ?? {};
      expect(v1.json.value).toEqual({ ...written[0]?.json.value, staffCustomForm: form });
      const { updatedAt: _last, extensions: _ofEach, ...old } = await directory.employee('a', before.userId);
      const { extensions: _ofEachBefore, ...asBefore } = as;
      expect(old).toEqual(asBefore);
    }),
    { numRuns: 60 },
  );
});

test('of a staff whom another platform left in a department that is off, or of the other kind', async () => {
  const file = corporationA(
    '',
    `
  - { id: stay, name: 留守, departments: [shut, rd] }
  - { id: visitor, name: 来客, external: true, departments: [rd], mobile: "+8613800000077" }
`,
  )
    .replaceAll('CorpA', 'CorpB')
    .replace('key: a', 'key: b')
    .replace('key-a', 'key-b')
    .replace('key-off', 'key-off-b');
  await directory.companies.apply('b', file, { plan: false, request: 'test' });
  const other = await clientOf(directory, 'key-b', 's');
  const reply = async (id: string): Promise<object> => {
    const { email: _login, showEmail: _mail, updateTime: _time, roles: _roles, ...members } = await other.staff(id);
    return members;
  };
  for (const id of ['CorpB:stay', 'CorpB:visitor']) {
    const members = await reply(id);
    expect((await other.update(id, members)).json.value, id).toMatchObject(members);
  }
  // Such a department is kept, but never entered.
  const before = await reply('CorpB:stay');
  const elsewhere = { ...before, departments: ['CorpB:qa'], defaultDepartment: 'CorpB:qa' };
  expect((await other.update('CorpB:stay', elsewhere)).status).toBe(200);
  expect((await other.update('CorpB:stay', before)).json).toMatchObject({ errorMessage: '未找到对应部门' });
  expect((await other.update('CorpB:visitor', { ...(await reply('CorpB:visitor')), ...elsewhere })).status).toBe(400);
});

test('of a department', async () => {
  const named = fc.record({
    name: texts,
    code: fc.oneof(texts, fc.constant('')),
    parentId: fc.constantFrom('', 'CorpA', 'CorpA:rd'),
    order: optional(fc.integer({ min: 0, max: 1_000 })),
    form: optional(fc.constantFrom(null, {}, { costCenter: 'c1', u_城市: '北京', u_数: 1 })),
  });
  let count = 0;
  await fc.assert(
    fc.asyncProperty(named, async (given) => {
      const unique = {
        ...given,
        name: `${given.name}${String(++count)}`,
        code: given.code && `${given.code}${String(count)}`,
      };
      const made = await hose.send('POST', '/api/openapi/v1/departments', { body: unique });
      expect(made.status).toBe(200);
      const path = `/api/openapi/v1/departments/$${made.json.value.id}`;
      const before = (await hose.send('GET', path)).json.value;
      const state = await directory.companies.export('a');
      directory.clock.advance(1_000);
      const written = await hose.send('PUT', path.replace('/departments/', '/departments/update/'), { body: before });
      const { updateTime: _updated, createTime: _created, ...reply } = before;
      expect(written.json.value).toEqual(reply);
      expect(withoutTimes(await directory.companies.export('a'))).toBe(withoutTimes(state));
    }),
    { numRuns: 40 },
  );
});

/** Every accepted write dates what it wrote. */
function withoutTimes(file: string | null): string {
  return (file ?? '').replaceAll(/updated_at: \S+/g, '');
}
