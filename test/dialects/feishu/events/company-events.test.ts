import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, tokenOf } from '../feishu-client.ts';
import { demoWith, eventIn, eventsOf } from './event-render.ts';

const ALL = 'cli_00000000000000a1';
const SECRET = 'mingce-test-secret';
const url = 'https://receiver.example/events';
const EVENTS = { url };
const DIRECTORY = 'cli_directory';
const scoped = (contact_scope: object) => ({
  app_id: 'cli_scoped',
  app_secret: SECRET,
  contact_scope,
  events: EVENTS,
});
const apps = (scope: object) => [
  { app_id: ALL, app_secret: SECRET, events: EVENTS },
  {
    app_id: DIRECTORY,
    app_secret: SECRET,
    scopes: ['directory:employee:read', 'directory:employee.base.base:read', 'directory:department.base:read'],
    events: EVENTS,
  },
  scoped(scope),
];

let directory: TestDirectory;
let headers: Readonly<Record<string, string>>;
const ids = 'user_id_type=user_id&department_id_type=department_id';

beforeEach(async () => {
  directory = await openTestDirectory({ companies: [demoWith(apps({ departments: ['rd'] }))] });
  headers = { authorization: `Bearer ${await tokenOf(directory, ALL, SECRET)}`, 'content-type': 'application/json' };
});
afterEach(() => directory.close());

const call = async (method: string, path: string, body?: object) => {
  const answer = await directory.send(method, `/open-apis/contact/v3${path}`, { headers, ...(body ? { body } : {}) });
  expect(answer.json).toMatchObject({ code: 0 });
};

describe('departments [contract feishu-contact.md 6.2, 6.3]', () => {
  test('made, changed, removed: created, updated with the whole old object, deleted', async () => {
    const made = await eventsOf(directory, ALL, () =>
      call('POST', `/departments?${ids}`, {
        name: '实验室',
        parent_department_id: 'rd',
        department_id: 'lab',
        order: '7',
        leader_user_id: 'zhangsan',
      }),
    );
    expect(made.types).toEqual(['contact.department.created_v3', 'directory.department.created_v1']);
    const { object } = eventIn(made.events);
    expect(object).toEqual({
      name: '实验室',
      parent_department_id: expect.stringMatching(/^od-/) as string,
      department_id: 'lab',
      open_department_id: expect.stringMatching(/^od-/) as string,
      leader_user_id: expect.stringMatching(/^ou_/) as string,
      order: 7,
      unit_ids: [],
      status: { is_deleted: false },
      leaders: [{ leaderType: 1, leaderID: expect.stringMatching(/^ou_/) as string }],
      department_hrbps: [],
    });

    const changed = await eventsOf(directory, ALL, () =>
      call('PATCH', `/departments/lab?${ids}`, { name: '新实验室' }),
    );
    expect(changed.types).toEqual(['contact.department.updated_v3', 'directory.department.updated_v1']);
    expect(eventIn(changed.events)).toEqual({ object: { ...object, name: '新实验室' }, old_object: object });

    const removed = await eventsOf(directory, ALL, () => call('DELETE', `/departments/lab?${ids}`));
    expect(removed.types).toEqual(['contact.department.deleted_v3', 'directory.department.deleted_v1']);
    expect(eventIn(removed.events)).toEqual({
      object: { ...object, name: '新实验室', status: { is_deleted: true } },
      old_object: { status: { is_deleted: false }, open_department_id: object.open_department_id },
    });
  });

  test('an app whose scope does not cover it is sent nothing, also of one that was removed', async () => {
    const seen = await eventsOf(directory, 'cli_scoped', async () => {
      await call('POST', `/departments?${ids}`, { name: '门店', parent_department_id: 'sales', department_id: 'shop' });
      await call('DELETE', `/departments/shop?${ids}`);
    });
    expect(seen).toEqual({ types: [], events: [], notSent: 'out-of-contact-scope' });
    const inside = await eventsOf(directory, 'cli_scoped', async () => {
      await call('POST', `/departments?${ids}`, { name: '实验室', parent_department_id: 'rd', department_id: 'lab' });
    });
    expect(inside.types).toContain('contact.department.created_v3');
  });

  test('an app sees of a department what its scopes show', async () => {
    const seen = await eventsOf(directory, DIRECTORY, () =>
      call('PATCH', `/departments/qa?${ids}`, { name: '质量组' }),
    );
    expect(seen.types).toEqual(['directory.department.updated_v1']);
    expect(eventIn(seen.events).department).toMatchObject({ name: { default_value: '质量组' }, enabled_status: true });
  });
});

describe('directory.employee.* [contract feishu-contact.md 6.2]', () => {
  test('updated names what changed, and what the app may not see', async () => {
    const client = await clientOf(directory, ALL, SECRET);
    const work = () => client.patch('zhangsan', { email: 'new@hengda.example', gender: 2 });
    const { types, events } = await eventsOf(directory, ALL, work);
    expect(types).toEqual(['contact.user.updated_v3', 'contact.user.updated_v3', 'directory.employee.updated_v1']);
    const { event } = events[2] ?? { event: {} };
    expect(event.changed_properties).toEqual(['base_info.email', 'base_info.gender']);
    expect(event.employee_curr.base_info).toMatchObject({
      employee_id: expect.stringMatching(/^ou_/) as string,
      email: 'new@hengda.example',
    });
    expect(event.employee_prev.base_info).toMatchObject({ email: 'zhangsan@hengda.example' });
    expect(event.abnormal).toEqual({ row_error: 0, field_errors: {} });

    const few = await eventsOf(directory, DIRECTORY, () => client.patch('zhangsan', { email: 'third@hengda.example' }));
    expect(few.types).toEqual(['directory.employee.updated_v1']);
    const [{ event: seen } = { event: {} }] = few.events;
    expect(seen.changed_properties).toEqual(['base_info.email']);
    expect(seen.employee_curr.base_info).not.toHaveProperty('email');
    expect(seen.abnormal.field_errors).toMatchObject({ 'employee_curr.base_info.email': 1001 });
  });

  test('planned to resign, kept, resigned, brought back: an event each', async () => {
    const of = (work: () => Promise<unknown>) => eventsOf(directory, DIRECTORY, work);
    const send = async (method: string, path: string, body: object) => {
      const url = `/open-apis/directory/v1/employees/zhangsan${path}?employee_id_type=employee_id&department_id_type=department_id`;
      const answer = await directory.send(method, url, { headers, body });
      expect(answer.json).toMatchObject({ code: 0 });
    };
    const planned = await of(() =>
      send('PATCH', '/to_be_resigned', {
        employee: { resign_date: '2026-02-01', resign_reason: '1', resign_type: '1' },
      }),
    );
    expect(planned.types).toEqual(['directory.employee.to_be_resigned_v1']);
    const kept = await of(() => send('PATCH', '/regular', {}));
    expect(kept.types).toEqual(['directory.employee.regular_v1']);
    const left = await of(() => send('DELETE', '', { employee: { resign_reason: '1' }, options: {} }));
    expect(left.types).toEqual(['directory.employee.resigned_v1']);
    const back = await of(() =>
      send('POST', '/resurrect', {
        employee_order_in_departments: [{ department_id: 'rd', order_weight_in_deparment: '1' }],
        options: {},
      }),
    );
    expect(back.types).toEqual(['directory.employee.resurrect_v1']);
  });
});

describe('settings [contract feishu-contact.md 6.2]', () => {
  test('an app is told of its own contact scope, with whole objects', async () => {
    const file = demoWith(apps({ departments: ['sales'], employees: ['zhangsan'] }));
    const work = () => directory.companies.apply('demo', file, { plan: false, request: 'test' });
    const { types, events } = await eventsOf(directory, 'cli_scoped', work);
    expect(types).toEqual(['contact.scope.updated_v3']);
    const [{ event } = { event: {} }] = events;
    expect(event.added.departments).toMatchObject([{ department_id: 'sales', name: '销售部' }]);
    expect(event.added.users).toMatchObject([{ user_id: 'zhangsan', name: '张三' }]);
    expect(event.removed.departments).toMatchObject([{ department_id: 'rd' }]);
    expect(event.removed).toMatchObject({ users: [], user_groups: [] });
  });

  test('all of the company is its departments and people right below the root; who stays in scope is not removed', async () => {
    const line = '  - id: zhangsan\n';
    const within = (scope: object | string) =>
      demoWith(apps(scope as object)).replace(line, `  - { id: direct, name: 直属, departments: [root] }\n${line}`);
    const change = async (scope: object | string) => {
      const work = () => directory.companies.apply('demo', within(scope), { plan: false, request: 'test' });
      const { types, events } = await eventsOf(directory, 'cli_scoped', work);
      const scopes = events.filter((_event, at) => types[at] === 'contact.scope.updated_v3');
      const idsOf = (part: { departments: { department_id: string }[]; users: { user_id: string }[] }) => [
        ...part.departments.map(({ department_id }) => department_id),
        ...part.users.map(({ user_id }) => user_id),
      ];
      return scopes.map(({ event }) => ({ added: idsOf(event.added), removed: idsOf(event.removed) }));
    };
    await change({ departments: ['frontend'] });
    const [{ added, removed } = { added: [], removed: [] }] = await change('all');
    expect(added).toEqual(expect.arrayContaining(['rd', 'sales', 'direct']));
    expect(removed).toEqual([]);
    const others = added.filter((id) => id !== 'rd' && id !== 'direct');
    const narrowed = await change({ departments: ['rd'], employees: ['direct', 'zhangsan'] });
    expect(narrowed).toEqual([{ added: ['zhangsan'], removed: others }]);
    expect(await change({ departments: ['rd'], employees: ['zhangsan'] })).toEqual([
      { added: [], removed: ['direct'] },
    ]);
    expect(await change({ departments: ['rd'] })).toEqual([]);
  });

  test('an employee type is made, switched off and on, renamed, deleted', async () => {
    const write =
      (method: string, path: string, more: object = {}) =>
      () =>
        call(method, `/employee_type_enums${path}`, {
          content: '顾问二',
          enum_type: 2,
          enum_status: 1,
          ...more,
        });
    const made = await eventsOf(directory, ALL, write('POST', ''));
    expect(made.types).toEqual(['contact.employee_type_enum.created_v3']);
    const { enum_id } = eventIn(made.events).new_enum;
    const off = await eventsOf(directory, ALL, write('PUT', `/${String(enum_id)}`, { enum_status: 2 }));
    expect(off.types).toEqual(['contact.employee_type_enum.deactivated_v3']);
    expect(eventIn(off.events)).toMatchObject({ old_enum: { enum_status: 1 }, new_enum: { enum_status: 2 } });
    const on = await eventsOf(directory, ALL, write('PUT', `/${String(enum_id)}`));
    expect(on.types).toEqual(['contact.employee_type_enum.actived_v3']);
    const renamed = await eventsOf(directory, ALL, write('PUT', `/${String(enum_id)}`, { content: '顾问三' }));
    expect(renamed.types).toEqual(['contact.employee_type_enum.updated_v3']);
    expect(eventIn(renamed.events)).toMatchObject({
      old_enum: { content: '顾问二' },
      new_enum: { content: '顾问三' },
    });
    const gone = await eventsOf(directory, ALL, () => call('DELETE', `/employee_type_enums/${String(enum_id)}`));
    expect(gone.types).toEqual(['contact.employee_type_enum.deleted_v3']);
  });

  test('a custom field that is defined is told by the keys of all', async () => {
    const line = '  - { id: hobby,';
    const file = demoWith(apps({ departments: ['rd'] })).replace(
      line,
      `  - { id: pet, name: 宠物, type: text, feishu: { field_key: C-1000009 } }\n${line}`,
    );
    const work = () => directory.companies.apply('demo', file, { plan: false, request: 'test' });
    const { types, events } = await eventsOf(directory, ALL, work);
    expect(types).toEqual(['contact.custom_attr_event.updated_v3']);
    const { object, old_object } = eventIn(events);
    expect(object.allow_open_query).toBe(true);
    expect(new Set(object.contact_field_key)).toEqual(new Set([...old_object.contact_field_key, 'C-1000009']));
  });
});
