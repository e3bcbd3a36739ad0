import { expect, test } from 'vitest';
import { openTestDirectory } from '../../../support/test-directory.ts';
import { CompanyFileError } from '../../../../src/company/contract.ts';

const settings = `
mingce: 1
key: inn
name: Inn
feishu:
  plan: business_standard
  directory_api_min_plan: basic
  certified: true
  certified_seat_limit: 5
  billing_seat_limit: 6
  tenant_member_limit: 7
  contact_seat_limit: 8
  mobile_required: false
  mail_service_enabled: true
  mail_domains: [{ domain: inn.example, enabled: false }]
  mail_recycle_bin: [{ address: a@inn.example, since: 2026-01-01T00:00:00Z }]
  mail_recycle_days: 3
  department_member_limit: 9
  department_count_limit: 10
  multi_department_enabled: false
  custom_fields_api_enabled: false
  multi_geo_enabled: true
  geos: [cn, jp]
  license_mode: hybrid
  subscriptions: [{ subscription_id: s, license_plan_key: k, product_name: p, i18n_name: { zh_cn: x }, total_seats: 3, start_time: 2026-01-01T00:00:00Z, end_time: 2027-01-01T00:00:00Z }]
  sensitive_words: [boss]
  founder: ann
  administrators: [{ employee: ann, super: true, permissions: [employee.update], departments: [d], hr_mode: true }]
  hr_mode_enabled: false
  external_source_locked: true
  resurrect_allowed: false
  resurrect_days: 1
  min_minutes_between_resurrect_and_delete: 2
  resign_processing_minutes: 3
  create_burst_limit: 4
  exit_to_resign_days: 5
  strict_image_keys: true
  rate_limit_enabled: false
  apps:
    - { app_id: a, app_secret: a, status: disabled, installed: false, scopes: [x], contact_scope: { departments: [d] }, ip_allow_list: [10.0.0.0/8], redirect_urls: [https://inn.example/back], developer: us }
    - { app_id: b, app_secret: b }
departments: [{ id: top, name: Inn }, { id: d, name: D, parent: top, feishu: { department_id: D1 } }]
employee_types: [{ id: temp, name: Temp }, { id: labour, name: Labour, feishu: { enum_value: 4 } }]
job_titles: [{ id: cook, name: Cook, feishu: { id: other } }]
custom_fields: [{ id: f, name: F, type: text, feishu: { field_key: C-1 } }]
employees:
  - id: ann
    name: Ann
    feishu:
      employee_id: a1
      uid: 0123456789abcdef0123456789abcdef
      union_id: on_0123456789abcdef0123456789abcdef
      open_ids: { a: ou_0123456789abcdef0123456789abcdef }
      avatar_key: k
      background_image_key: l
      description: x
      mobile_verified: true
      resign_date: 2026-01-01
      resign_reason: "1"
      resign_remark: r
      resign_type: "1"
      data_source: 2
      geo_name: cn
      subscription_ids: [s]
      join_refused: true
      resurrected_at: 2026-01-01T00:00:00.000Z
      departments_at_resignation: [d]
      recycled_mail: [{ address: b@inn.example, since: 2026-01-01T00:00:00.000Z }]
  - { id: bob, name: Bob }
`;

test('everything the contract names can be set, survives an export, and is the same when applied again', async () => {
  const directory = await openTestDirectory({ companies: [settings] });
  const before = await directory.employee('inn', 'ann');
  const exported = await directory.companies.export('inn');
  if (exported === null) throw new Error('no company');
  const again = await directory.companies.apply('inn', exported, { plan: false, request: 'test' });
  expect(again.steps).toEqual([]);
  expect(await directory.employee('inn', 'ann')).toEqual(before);
  expect(before.ids).toMatchObject({
    'feishu.employee_id': 'a1',
    'feishu.recycled_mail:b@inn.example': 'b@inn.example',
  });
  expect(await directory.history('inn', 'ann')).toEqual([]);
  await directory.close();
});

test('people who were given no ids have their own, in every company others', async () => {
  const directory = await openTestDirectory({
    companies: [settings, settings.replace('key: inn', 'key: other').replaceAll('app_id: ', 'app_id: o')],
  });
  const [here, there] = [await directory.employee('inn', 'bob'), await directory.employee('other', 'bob')];
  expect(here.ids['feishu.employee_id']).toBe('bob');
  expect(here.ids['feishu.uid']).toMatch(/^[0-9a-f]{32}$/);
  expect(here.ids['feishu.uid']).not.toBe(there.ids['feishu.uid']);
  await directory.close();
});

test.each([
  [
    'feishu.apps[0].contact_scope.departments[0]',
    'contact_scope: { departments: [d] }',
    'contact_scope: { departments: [x] }',
  ],
  ['feishu.administrators[0].departments[0]', 'departments: [d], hr', 'departments: [x], hr'],
  ['feishu.administrators[0].permissions[0]', 'employee.update', 'employee.fire'],
  ['feishu.apps[0].redirect_urls[0]', 'https://inn.example/back', 'javascript:alert(1)'],
  ['feishu.apps[0].ip_allow_list[0]', '10.0.0.0/8', '10.0.0.0/99'],
  ['custom_fields[0].feishu', 'type: text', 'type: money'],
  ['employee_types[1].feishu.enum_value', 'enum_value: 4', 'enum_value: 6'],
  ['feishu.plan', 'plan: business_standard', 'plan: gold'],
  ['feishu.nonsense', 'plan: business_standard', 'nonsense: 1'],
  ['departments[1].feishu.department_id', 'department_id: D1', 'department_id: od-1'],
])('a mistake is told where it stands: %s', async (path, right, wrong) => {
  const directory = await openTestDirectory({ companies: [] });
  const applied = directory.companies.apply('inn', settings.replace(right, wrong), { plan: true, request: 'test' });
  const error: unknown = await applied.then(() => null).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CompanyFileError);
  expect((error as CompanyFileError).faults.map((fault) => fault.path)).toEqual([path]);
  await directory.close();
});
