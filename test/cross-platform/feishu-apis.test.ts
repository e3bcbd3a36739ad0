import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contactOf, type Contact, type Shown } from '../dialects/feishu/contact/contact-client.ts';
import { listsOf, type Lists } from '../dialects/feishu/list-client.ts';
import { clientOf as hoseOf, type Client as Hose } from '../dialects/hose/hose-client.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

/*
 * Of every field that Feishu's two APIs share beside those of docs/field-mapping.md's first table: what one writes the
 * other reads, and WeCom and Hose where they have the field. [contract feishu-contact.md 2.1]
 */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const KEY = 'xgJ3wajigF25H0';

let directory: TestDirectory;
let contact: Contact;
let directoryApi: Lists;
let hose: Hose;
let wecomToken = '';
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demo] });
  contact = await contactOf(directory, 'cli_mingce_demo', 'mingce-demo-secret');
  directoryApi = await listsOf(directory, 'cli_mingce_demo', 'mingce-demo-secret');
  hose = await hoseOf(directory, 'mingce-demo-key', 'mingce-demo-security');
  const query = 'corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret';
  wecomToken = (await directory.send('GET', `/cgi-bin/gettoken?${query}`)).json.access_token;
});
afterEach(() => directory.close());

const inContact = async (id = 'zhangsan'): Promise<Shown> => (await contact.send('GET', `users/${id}`)).json.data.user;
const inDirectory = async (id = 'zhangsan'): Promise<Shown> => {
  const fields = ['base_info.*', 'work_info.*', 'work_info.job_family.*'];
  return (await directoryApi.post('employees/mget', { employee_ids: [id], required_fields: fields })).json.data
    .employees[0];
};
const inWecom = async (): Promise<Shown> =>
  (await directory.send('GET', `/cgi-bin/user/get?access_token=${wecomToken}&userid=zhangsan`)).json;
const inHose = (): Promise<Shown> => hose.staff(`${KEY}:zhangsan`);

interface Row {
  /** What each API writes, and what it then reads. */
  readonly contact: readonly [body: object, read: object];
  readonly directory: readonly [body: object, read: object];
  readonly wecom?: object;
  readonly hose?: object;
}

const SECOND = { department_id: 'qa', user_order: 7, department_order: 1, is_primary_dept: false };
const FIRST = { department_id: 'backend', user_order: 3, department_order: 2, is_primary_dept: true };

const ROWS: Readonly<Record<string, Row>> = {
  'enterprise mail 企业邮箱': {
    contact: [{ enterprise_email: 'zs@test.com' }, { enterprise_email: 'zs@test.com' }],
    directory: [{ enterprise_email: 'zs@test.com' }, { base_info: { enterprise_email: 'zs@test.com' } }],
    wecom: { biz_mail: 'zs@test.com' },
  },
  'dotted-line leaders 虚线上级': {
    contact: [{ dotted_line_leader_user_ids: ['zhouhao'] }, { dotted_line_leader_user_ids: ['zhouhao'] }],
    directory: [{ dotted_line_leader_ids: ['zhouhao'] }, { base_info: { dotted_line_leader_ids: ['zhouhao'] } }],
  },
  'frozen 暂停': {
    contact: [{ is_frozen: true }, { status: { is_frozen: true } }],
    directory: [{ is_frozen: true }, { base_info: { active_status: 3 } }],
  },
  'country 国家': {
    contact: [{ country: 'SG' }, { country: 'SG' }],
    directory: [{ work_country_or_region: 'MDCT00000002' }, { work_info: { work_country_or_region: 'MDCT00000002' } }],
  },
  'job family 序列': {
    contact: [{ job_family_id: 'f-business' }, { job_family_id: 'f-business' }],
    directory: [{ job_family_id: 'f-business' }, { work_info: { job_family: { job_family_id: 'f-business' } } }],
  },
  'a choice of the company’s own 自定义选项': {
    contact: [
      { custom_attrs: [{ type: 'ENUMERATION', id: 'C-1000003', value: { option_id: 's' } }] },
      {
        custom_attrs: expect.arrayContaining([
          expect.objectContaining({ id: 'C-1000003', value: expect.objectContaining({ option_id: 's' }) }),
        ]),
      },
    ],
    directory: [
      {
        custom_field_values: [
          { field_key: 'C-1000003', field_type: '3', enum_value: { enum_ids: ['s'], enum_type: '1' } },
        ],
      },
      {
        base_info: {
          custom_field_values: expect.arrayContaining([
            expect.objectContaining({
              field_key: 'C-1000003',
              enum_value: expect.objectContaining({ enum_ids: ['s'] }),
            }),
          ]),
        },
      },
    ],
  },
  'several departments with weights 部门与排序': {
    contact: [
      { department_ids: ['backend', 'qa'], orders: [FIRST, SECOND] },
      { department_ids: ['backend', 'qa'], orders: [FIRST, SECOND] },
    ],
    directory: [
      {
        employee_order_in_departments: [
          {
            department_id: 'backend',
            order_weight_in_deparment: '3',
            order_weight_among_deparments: '2',
            is_main_department: true,
          },
          { department_id: 'qa', order_weight_in_deparment: '7', order_weight_among_deparments: '1' },
        ],
      },
      {
        base_info: {
          employee_order_in_departments: [
            { department_id: 'backend', order_weight_in_deparment: '3', order_weight_among_deparments: '2' },
            { department_id: 'qa', order_weight_in_deparment: '7', order_weight_among_deparments: '1' },
          ],
        },
      },
    ],
    wecom: { order: expect.arrayContaining([3, 7]) },
    hose: { departments: [`${KEY}:backend`, `${KEY}:qa`], defaultDepartment: `${KEY}:backend` },
  },
};

describe.each(Object.entries(ROWS))('%s', (_field, row) => {
  const expectAll = async (): Promise<void> => {
    expect(await inContact()).toMatchObject(row.contact[1]);
    expect(await inDirectory()).toMatchObject(row.directory[1]);
    if (row.wecom !== undefined) expect(await inWecom()).toMatchObject(row.wecom);
    if (row.hose !== undefined) expect(await inHose()).toMatchObject(row.hose);
  };

  test('written by contact v3 is read by the others', async () => {
    expect(await inDirectory()).not.toMatchObject(row.directory[1]);
    expect((await contact.send('PATCH', 'users/zhangsan', row.contact[0])).json).toMatchObject({ code: 0 });
    await expectAll();
  });

  test('written by directory v1 is read by contact v3', async () => {
    expect(await inContact()).not.toMatchObject(row.contact[1]);
    const written = await directoryApi.send('PATCH', 'directory/v1/employees/zhangsan', { employee: row.directory[0] });
    expect(written.json).toMatchObject({ code: 0 });
    await expectAll();
  });
});

test('an id that one API changes is that of the other', async () => {
  const changed = await contact.send('PATCH', 'users/zhangsan/update_user_id', { new_user_id: 'zs' });
  expect(changed.json).toMatchObject({ code: 0 });
  expect(await inDirectory('zs')).toMatchObject({ base_info: { employee_id: 'zs' } });
  const back = await directoryApi.send('PATCH', 'directory/v1/employees/zs', {
    employee: { custom_employee_id: 'zs2' },
  });
  expect(back.json).toMatchObject({ code: 0 });
  expect(await inContact('zs2')).toMatchObject({ user_id: 'zs2', name: '张三' });
  // The ids of the other platforms stay.
  expect(await inWecom()).toMatchObject({ errcode: 0, name: '张三' });
  expect(await inHose()).toMatchObject({ name: '张三' });
});

test('who leaves over one API is gone for all, and comes back by the other', async () => {
  expect((await contact.send('DELETE', 'users/zhangsan', {})).json).toMatchObject({ code: 0 });
  expect(await inDirectory()).toMatchObject({ base_info: { is_resigned: true }, work_info: { staff_status: 2 } });
  expect(await inWecom()).toMatchObject({ errcode: 60111 });
  const gone = await hose.send('GET', '/api/openapi/v1.1/staffs?start=0&count=100&active=false');
  expect((gone.json.items as readonly Shown[]).map(({ id }) => id)).toContain(`${KEY}:zhangsan`);
  const back = await directoryApi.send('POST', 'directory/v1/employees/zhangsan/resurrect', {});
  expect(back.json).toMatchObject({ code: 0 });
  expect(await inContact()).toMatchObject({ status: { is_resigned: false } });
  expect(await inWecom()).toMatchObject({ errcode: 0 });
  expect(await inHose()).toMatchObject({ active: true });
});
