import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { contactOf, type Contact } from './contact-client.ts';

/* The order in which contact/v3 judges a department: the first fault is the answer. [contract feishu-contact.md 9.2] */

const chain = Array.from(
  { length: 24 },
  (_, level) =>
    `  - { id: l${String(level)}, name: L${String(level)}, parent: ${level === 0 ? 'deep' : `l${String(level - 1)}`} }`,
).join('\n');
const file = `
mingce: 1
key: inn
name: Inn
feishu:
  department_count_limit: 28
  contact_leader_must_have_joined: true
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_part, app_secret: part, contact_scope: { departments: [other] } }
departments:
  - { id: top, name: Top }
  - { id: other, name: Other, parent: top }
  - { id: deep, name: Deep, parent: top }
${chain}
  - { id: bottom, name: { value: Bottom, i18n: { zh-CN: 底 } }, parent: l22, order: 5 }
employees:
  - { id: ann, name: Ann, departments: [other] }
  - { id: new, name: New, departments: [other], activation: not-joined }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31 }
`;

let directory: TestDirectory;
let all: Contact;
let part: Contact;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [file] });
  all = await contactOf(directory, 'cli_inn', 'inn');
  part = await contactOf(directory, 'cli_part', 'part');
});
afterAll(() => directory.close());

/** One fault after the other as the contract lists them: a request with two has the code of the first. */
interface Fault {
  readonly code: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly by?: 'part';
}

const FAULTS: readonly Fault[] = [
  { code: 40016, body: { name: '' } },
  { code: 44101, body: { parent_department_id: '' } },
  { code: 43008, body: { department_id: '1' } },
  { code: 43029, body: { name: 'A/B' } },
  { code: 40018, body: { order: 'x' } },
  { code: 43004, body: { unit_ids: ['u'] } },
  { code: 43026, body: { group_chat_employee_types: [99] } },
  { code: 99992380, body: { parent_department_id: 'nowhere' } },
  { code: 41012, body: { leader_user_id: 'nobody' } },
  { code: 43028, body: { department_hrbps: ['nobody'] } },
  { code: 42006, body: { department_hrbps: ['old'] } },
  { code: 43025, body: { leader_user_id: 'new' } },
  { code: 40014, body: {}, by: 'part' },
  { code: 43007, body: { department_id: 'other' } },
  { code: 43022, body: { name: 'Bottom' } },
  { code: 43018, body: { i18n_name: { zh_cn: '底' } } },
  { code: 43005, body: { order: '5' } },
];

const GOOD = { name: 'Fine', parent_department_id: 'l22' };

const pairs = FAULTS.flatMap((first, index) =>
  FAULTS.slice(index + 1)
    // Two faults of one member are no request.
    .filter(({ body }) => Object.keys(body).every((name) => !(name in first.body)))
    .map((second) => ({ name: `${String(first.code)} before ${String(second.code)}`, first, second })),
);

test.each(pairs)('$name', async ({ first, second }) => {
  const by = first.by === 'part' || second.by === 'part' ? part : all;
  const answer = await by.send('POST', 'departments', { ...GOOD, ...second.body, ...first.body });
  expect(answer.json.code).toBe(first.code);
});

test('depth, then the number of departments', async () => {
  const deep = await all.send('POST', 'departments', { name: 'Fine', parent_department_id: 'l23' });
  expect(deep.json.code).toBe(43019);
  const shallow = await all.send('POST', 'departments', { name: 'Fine', parent_department_id: 'other' });
  // There were 27, and there may be 28.
  expect(shallow.json.code).toBe(0);
  const more = async (name: string): Promise<unknown> =>
    (await all.send('POST', 'departments', { name, parent_department_id: 'other' })).json.code;
  expect([await more('Two'), await more('Three')]).toEqual([40018, 40018]);
});
