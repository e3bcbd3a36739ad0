import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkGroups } from '../../../../src/dialects/wecom/roster/check.ts';
import { DEFAULT_GROUPS } from '../../../../src/dialects/wecom/roster/default-groups.ts';
import { CompanyFileError } from '../../../../src/company/contract.ts';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany();
});
afterEach(() => company.directory.close());

const apply = (text: string) => company.directory.companies.apply('acme', text, { plan: false, request: 'r' });
const faultsOf = async (text: string): Promise<string> => {
  const error: unknown = await apply(text).catch((reason: unknown) => reason);
  return error instanceof CompanyFileError
    ? error.faults
        .map(
          ({ path, message, message_zh }) =>
            `${path} ${message}${/\p{Script=Han}/u.test(message_zh ?? '') ? '' : ', in English alone'}`,
        )
        .join('\n')
    : 'applied';
};
const withSettings = (settings: string): string => acme.replace('corpid: ww_acme\n', `corpid: ww_acme\n${settings}`);
const withField = (field: string): string =>
  withSettings(
    `  roster: { groups: [{ group_id: 1001, group_name: 个人信息, fields: [{ fieldid: 1, field_name: a, ${field} }] }] }\n`,
  );

test('what was updated is exported, and what is exported changes nothing', async () => {
  await company.update({
    userid: 'zhangsan',
    update_items: [{ fieldid: 12003, value_uint64: 1_704_074_400 }, { fieldid: 11020 }],
    remove_items: [0, 1].map((sub_idx) => ({ group_type: 4, sub_idx })),
  });
  const text = (await company.directory.companies.export('acme')) ?? '';
  expect((await apply(text)).steps).toEqual([]);
  expect(text).not.toContain('secret: hr');
});

test('an address for callbacks is dated when it is applied first, and again when it changes (ruling 24)', async () => {
  const key = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
  const withReceive = (more: string): string =>
    acme.replace(
      'kind: contact_sync }',
      `kind: contact_sync, receive: { url: "https://hr.cn/in", token: QDG6eK, encodingaeskey: ${key}${more} } }`,
    );
  const exported = async (): Promise<string> => (await company.directory.companies.export('acme')) ?? '';
  await apply(withReceive(''));
  expect(await exported()).toContain('saved_at: 2026-01-05T00:00:00.000Z');
  company.directory.clock.advance(60_000);
  expect((await apply(withReceive(''))).steps).toEqual([]);
  expect((await apply(await exported())).steps).toEqual([]);
  await apply(withReceive('').replace('QDG6eK', 'QDG6eL'));
  expect(await exported()).toContain('saved_at: 2026-01-05T00:01:00.000Z');
  await apply(withReceive(', saved_at: "2022-08-01T00:00:00+08:00", verify: false'));
  expect(await exported()).toContain('saved_at: 2022-08-01T00:00:00+08:00');
});

test('a record emptied of all that this platform alone knew is as if it never knew it', async () => {
  const update = { update_items: [{ fieldid: 11019, value_string: 'wx' }] };
  await company.update({ userid: 'boss', ...update });
  await company.update({ userid: 'boss', update_items: [{ fieldid: 11019 }] });
  const { extensions } = await company.directory.employee('acme', 'boss');
  expect(extensions['wecom']).toBeUndefined();
  expect((await apply((await company.directory.companies.export('acme')) ?? '')).steps).toEqual([]);
});

test('the default data passes the checks that a company’s own is put to', () => {
  const faults: string[] = [];
  checkGroups(DEFAULT_GROUPS, [], (path, message) => faults.push(`${path.join('.')} ${message}`));
  expect(faults).toEqual([]);
});

const groups = 'wecom.roster.groups[0].fields[0]';
test.each<[what: string, text: string, fault: string]>([
  [
    'types that do not go together',
    withField('field_type: 1, value_type: 3'),
    `${groups}.value_type does not go with field_type 1`,
  ],
  [
    'options without being an option field',
    withField('field_type: 1, value_type: 1, option_list: []'),
    `${groups}.option_list is there exactly when field_type is 2`,
  ],
  [
    'an option field without options',
    withField('field_type: 2, value_type: 3'),
    `${groups}.option_list is there exactly when field_type is 2`,
  ],
  [
    'an option twice',
    withField('field_type: 2, value_type: 3, option_list: [{ id: 1, value: a }, { id: 1, value: b }]'),
    `${groups}.option_list[1].id is the id of an earlier option`,
  ],
  [
    'a must field that nobody can fill in',
    withField('field_type: 1, value_type: 1, is_must: true, updatable: false'),
    `${groups}.is_must nobody could fill in a field that is not updatable`,
  ],
  [
    'a must field that holds files',
    withField('field_type: 6, value_type: 6, is_must: true'),
    `${groups}.is_must nobody could fill in a field that is not updatable`,
  ],
  [
    'an attribute in a type that cannot say it',
    withField('field_type: 1, value_type: 1, canonical: mobile'),
    `${groups}.canonical mobile cannot be said in value_type 1`,
  ],
  ['an unknown attribute', withField('field_type: 1, value_type: 1, canonical: shoe_size'), `${groups}.canonical`],
  [
    'a fieldid, a group_id and a group_type twice',
    withSettings(
      `  roster: { groups: [${[1, 2].map(() => '{ group_id: 1, group_name: a, group_type: 1, fields: [{ fieldid: 1, field_name: a, field_type: 1, value_type: 1 }] }').join(', ')}] }\n`,
    ),
    'wecom.roster.groups[1].group_id is the group_id of an earlier group\nwecom.roster.groups[1].group_type is the group_type of an earlier group\nwecom.roster.groups[1].fields[0].fieldid is the fieldid of an earlier field',
  ],
  [
    'a range of departments that are not there',
    acme.replace('department_ids: [2]', 'department_ids: [9], tag_ids: [5]'),
    'wecom.apps[1].visible_range.department_ids[0] no department has the id 9 here\nwecom.apps[1].visible_range.tag_ids[0] no tag has the id 5',
  ],
  [
    'a field of the company that has no place here',
    `${acme}custom_fields: [{ id: f, name: f, type: people, wecom: { fieldid: 100001 } }]\n`,
    'custom_fields[0].wecom.fieldid a field of type people has no place in the roster',
  ],
])('a file with %s is refused', async (_what, text, fault) => {
  expect(await faultsOf(text)).toContain(fault);
});

test('a tag brings its departments and members into a range', async () => {
  const text = withSettings('  tags: [{ tag_id: 5, userids: [BOSS], department_ids: [4] }]\n').replace(
    'department_ids: [2], userids: [LiSi]',
    'tag_ids: [5]',
  );
  await apply(text);
  for (const [userid, errcode] of [
    ['boss', 0],
    ['lisi', 0],
    ['zhangsan', 0],
  ] as const)
    expect((await company.get('user/get', { userid }, 'rd')).json.errcode).toBe(errcode);
  expect((await company.get('user/get', { userid: 'zhangsan' }, 'rd')).json.department).toEqual([4]);
});

test('a company without a word on this platform has it all the same', async () => {
  const plain = await openTestCompany('mingce: 1\nkey: acme\nname: A\nemployees: [{ id: Someone, name: 某 }]\n');
  const tenant = await plain.directory.store.tenantByKey('acme');
  expect(tenant?.parts.names['wecom.corpid']).toMatch(/^ww[0-9a-f]{16}$/);
  expect(await plain.directory.employee('acme', 'Someone')).toMatchObject({ ids: { 'wecom.userid': 'someone' } });
  await plain.directory.close();
});
