import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCompany, type Acme } from './test-company.ts';

/* Whatever is sent: an answer in the envelope, one result per item, at most one change, and a record that can be read. */

let company: Acme;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(() => company.directory.close());

const odd = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue() },
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e5',
    '86',
    '+86',
    '13800000002',
    'lisi@example.com',
    '10002',
    0,
    1,
    2,
    1e300,
    2 ** 53,
  ),
  fc.record({
    value_country_code: fc.constantFrom('86', '', 'x'),
    value_mobile: fc.constantFrom('', '13800000002', '5'),
  }),
);
const fieldid = fc.oneof(
  fc.constantFrom(
    11001,
    11003,
    11004,
    11005,
    11006,
    12001,
    12003,
    12004,
    12010,
    12024,
    14001,
    14006,
    17003,
    19001,
    '11020',
  ),
  fc.nat(20_000),
);
const content = fc.record(
  {
    fieldid,
    sub_idx: fc.oneof(fc.nat(3), fc.constantFrom('1', null)),
    value_string: odd,
    value_uint32: odd,
    value_uint64: odd,
    value_int64: odd,
    value_mobile: odd,
  },
  { requiredKeys: ['fieldid'] },
);
const request = fc.record({
  update_items: fc.array(content, { minLength: 1, maxLength: 6 }),
  remove_items: fc.array(fc.record({ group_type: fc.nat(6), sub_idx: fc.nat(4) }), { maxLength: 3 }),
  insert_items: fc.array(fc.record({ group_type: fc.nat(6), item: fc.array(content, { maxLength: 4 }) }), {
    maxLength: 3,
  }),
});

test('well-formed lists with any values in them are answered item by item', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (lists) => {
      const before = await company.directory.history('acme', 'zhangsan');
      const answer = await company.update({ userid: 'zhangsan', ...lists });
      expect(answer.status).toBe(200);
      expect(answer.json.errcode).toBe(0);
      expect(answer.json.update_results).toHaveLength(lists.update_items.length);
      expect(answer.json.remove_results).toHaveLength(lists.remove_items.length);
      expect(answer.json.insert_result).toHaveLength(lists.insert_items.length);
      expect((await company.directory.history('acme', 'zhangsan')).length - before.length).toBeLessThanOrEqual(1);
      const read = await company.post('hr/get_staff_info', { userid: 'zhangsan', get_all: true });
      expect((read.json.field_info as { result: number }[]).every(({ result }) => result === 1)).toBe(true);
      expect((await company.directory.employee('acme', 'zhangsan')).name.value).not.toBe('');
    }),
    { numRuns: 150 },
  );
});

test('any JSON at all is answered in the envelope', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 4 }), async (body) => {
      const answer = await company.post('hr/update_staff_info', body);
      expect(answer.status).toBe(200);
      expect(answer.json.errcode).toBe(40058);
    }),
    { numRuns: 200 },
  );
});
