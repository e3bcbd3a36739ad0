import { callRoute } from '../../src/http/admin/sandbox/calls.ts';
import { checkPersonRoute } from '../../src/http/admin/sandbox/check-person.ts';
import { checkCallRoute } from '../../src/http/admin/sandbox/check-call.ts';
import { undoRoute } from '../../src/http/admin/sandbox/undo.ts';
import { CompanyHistory } from '../../src/sandbox/history/company-history.ts';
import type { TSchema } from 'typebox';
import { dialects } from '../../src/dialects/registry.ts';
import type { Route } from '../../src/dialects/dialect.ts';
import { AdminAccess } from '../../src/http/admin/access/admin-access.ts';
import { planRoutes } from '../../src/http/admin/targets/plan-routes.ts';
import { driftRoutes } from '../../src/http/admin/targets/drift-routes.ts';
import { targetRoutes } from '../../src/http/admin/targets/routes.ts';
import { targetDrift } from '../../src/live-targets/drift.ts';
import { companyTargets } from '../../src/live-targets/live-targets.ts';
import { CompanyTargetPlans } from '../../src/live-targets/plans/target-plans.ts';
import { eventRoutes } from '../../src/http/admin/events.ts';
import { adminRoutes } from '../../src/http/admin/routes.ts';
import { consoleRoutesOf } from '../support/console-routes.ts';
import { tableRoutesOf } from '../support/table-routes.ts';
import { rootRoutes } from '../../src/http/root-routes.ts';
import { metricsRoutes } from '../../src/http/metrics.ts';
import type { RouteGroup } from '../../src/http/routing/route-group.ts';
import { companyFile } from './companies.ts';
import { ADMIN_KEY, type Session } from './test-server.ts';

/** Whose words an answer is in. */
export type Platform = 'feishu' | 'wecom' | 'hose' | 'admin' | 'front';

/** A request that a route answers well, to be spoilt. */
export interface Example {
  readonly platform: Platform;
  readonly operation: string;
  readonly method: Route['method'];
  /** The route's pattern. */
  readonly pattern: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON, or a company file; absent where none is read. */
  readonly body?: object | string;
  readonly schema?: TSchema;
  /** Whether it takes a body of any size as it comes. */
  readonly isUnbounded: boolean;
}

/**
 * No restore over existing data, a code is good once, and a department or an employee exists already, or has members, or
 * is unknown.
 */
const ALWAYS_REFUSED = new Set([
  // No page of the console sends it.
  'session.begin',
  'changes.undo',
  // What is imported is uploaded first.
  'imports.show',
  'imports.match',
  'imports.remove',
  'imports.check',
  'imports.apply',
  'imports.pause',
  'imports.resume',
  'imports.undo',
  'imports.rows',
  'imports.failed',
  'restore',
  // A plan is made first.
  'plans.show',
  'plans.apply',
  'plans.erase',
  'user-access-token',
  'oauth-v3-token',
  'passport.token',
  'authen.access-token',
  'authen.refresh-access-token',
  'authen.oidc-access-token',
  'authen.oidc-refresh-access-token',
  'contact.department.create',
  'contact.department.delete',
  'contact.department.unbind-chat',
  'department.create',
  'department.delete',
  'user.create',
  'user.delete',
  'user.batchdelete',
  'user.getuserid',
  'user.get_userid_by_email',
  'user.convert_to_openid',
  'user.convert_to_userid',
  'user.get_active_stat',
  'user.authsucc',
  'user.getuserinfo',
  'user.getuserdetail',
  'auth.getuserinfo',
  'auth.get_tfa_info',
  'user.tfa_succ',
  'auth.getuserdetail',
  'tag.create',
  'tag.update',
  'tag.delete',
  'tag.get',
  'tag.addtagusers',
  'tag.deltagusers',
  'agent.get',
  'message.recall',
  'media.upload',
  'media.get',
  'batch.syncuser',
  'batch.replaceuser',
  'batch.replaceparty',
  'batch.getresult',
  'export.taguser',
  'export.get_result',
  'outbox.accept',
  'events.resend',
  'apps.edit',
  'apps.rotate',
  // What was added once is there, and other examples need what is there.
  'catalogues.remove',
  'fields.remove',
  'subscriptions.check',
  // The company has no live tenant.
  'targets.show',
  'targets.probe',
  'targets.enable',
  'targets.pause',
  'targets.resume',
  'targets.off',
  'targets.release',
  'targets.retry',
  'targets.dead',
  'targets.links',
  'targets.put-links',
  'targets.put-link',
  'targets.settle',
  'targets.book',
  'target-plans.list',
  'target-plans.show',
  'target-plans.make',
  'target-plans.file',
  'target-plans.allow',
  'target-plans.apply',
  'target-plans.stop',
  'target-plans.undo',
  'target-plans.erase',
  'employees.deliver',
  'employees.undo',
  'deliveries.retry',
  'deliveries.undo',
  'targets.remove-link',
  'targets.drift-runs',
  'targets.drift-run',
  'targets.read-drift',
  'targets.accept',
  'targets.repair',
  'picture.avatar',
  'picture.join',
  'connect.oauth2.authorize',
  'wwlogin.sso.login',
  'wwopen.sso.qrConnect',
  'wwopen.sso.v1.qrConnect',
  'export.file',
  'staffs.create',
  'staffs.batchCreate',
  'departments.create',
  'departments.batchCreate',
  'dimensions.items.create',
  'dimensions.items.batchCreate',
  'property.addPropertySet',
  'roledefs.create',
  'staffs.phone',
  'staffs.getOpenUserId',
  'realms.auth',
  'auth.getAppAccessToken',
]);

/** The operation whose older version this is; an older version takes what the current one takes. */
function currentOf(operation: string): string {
  // WeCom's calls with parameters in the URL may be posted to as well.
  return operation.replace(/\.(?:v1|by-post)$/, '');
}

/** Whether an example is refused as it is: also what is not got, and a form, which is no JSON. */
export function isAlwaysRefused({ operation }: Example): boolean {
  // `v1` leaves roles alone that are kept by hand, as those of every corporation are.
  if (operation === 'roledefs.staffs.update.v1' || operation === 'roledefs.staffs.delete.v1') return true;
  return ALWAYS_REFUSED.has(currentOf(operation)) || operation.endsWith('.by-get') || operation.startsWith('im.image.');
}

/** Whether an example is answered well only once: somebody comes into being, and goes. */
export function isOnce({ operation }: Example): boolean {
  return /^(employee\.(create|to-be-resigned|regular|delete|resurrect)|contact\.(job-level|job-family|employee-type-enum)\.(create|delete)|contact\.user\.(create|delete|resurrect))$/.test(
    operation,
  );
}

/** Whether a body may be left out although one is read. */
export function mayBeBare({ operation }: Example): boolean {
  return /^employee\.(regular|delete|resurrect)$|^contact\.user\.(delete|resurrect|update-user-id)$/.test(operation);
}

/** The target of an example's request line. */
export function targetOf({ path, query }: Pick<Example, 'path' | 'query'>): string {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

/** The bytes of an example's body; undefined where it has none. */
export function bodyOf({ body }: Example): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

const words = (text: string): object => ({ default_value: text, i18n_value: { en_us: text } });

/** What each operation is sent; one that is missing here fails the test that asks for it. */
function bodies({
  appId,
  appSecret,
  appKey,
  appSecurity,
  corporation,
  key,
}: Session): Readonly<Record<string, object>> {
  const credentials = { app_id: appId, app_secret: appSecret };
  const staff = {
    name: 'Wang',
    enName: 'Wang',
    nickName: 'W',
    code: `${key}-1`,
    cellphone: '13900009001',
    email: 'new@example.com',
    note: 'note',
    defaultDepartment: `${corporation}:d-one`,
    departments: [`${corporation}:d-one`, `${corporation}:d-two`],
    modifyAccountPhone: true,
    modifyAccountEmail: true,
    staffCustomForm: {
      rankType: 'l-one',
      postType: 't-one',
      base: '[{"key":"1","label":"Beijing"}]',
      u_motto: 'motto',
      u_count: '12',
      u_day: 1_700_000_000_000,
      u_budget: { standard: '12.50', standardStrCode: 'CNY' },
      u_project: 'p-one',
    },
  };
  const newcomer = {
    name: 'Zhao',
    enName: 'Zhao',
    nickName: 'Z',
    code: `${key}-9`,
    cellphone: '13900009011',
    email: 'zhao@example.com',
    note: 'note',
    external: false,
    departments: [`${corporation}:d-one`],
    defaultDepartment: `${corporation}:d-one`,
    userid: 'li',
    useNewAccount: true,
    useSendEmail: false,
    staffCustomForm: staff.staffCustomForm,
  };
  const made = { name: '', code: '', parentId: corporation, form: { u_note: 'note' }, order: 1 };
  const archived = {
    name: 'One',
    code: 'three',
    parentId: '',
    visibility: {
      fullVisible: false,
      staffs: [],
      roles: [],
      departments: [corporation],
      departmentsIncludeChildren: true,
    },
  };
  const item = { fieldid: 14_001, sub_idx: 0, value_string: 'x' };
  const update = {
    userid: 'wang',
    update_items: [
      { fieldid: 11_001, value_string: 'Wang' },
      { fieldid: 11_003, value_mobile: { value_country_code: '86', value_mobile: '13900009002' } },
      { fieldid: 11_005, value_uint64: 631_123_200 },
      { fieldid: 12_001, value_string: 'newer@example.com' },
      { fieldid: 12_010, value_uint32: 1 },
      { fieldid: 100_001, value_string: 'motto' },
      { fieldid: 14_001, sub_idx: 1, value_string: 'x', value_int64: 1 },
    ],
    remove_items: [{ group_type: 1, sub_idx: 2 }],
    insert_items: [{ group_type: 1, item: [item] }],
  };
  const oauth = {
    grant_type: 'authorization_code',
    client_id: appId,
    client_secret: appSecret,
    code: 'unknown',
    redirect_uri: 'https://app.example/back',
    code_verifier: 'v'.repeat(43),
    scope: 'a:b',
  };
  const contactDepartment = {
    name: 'One',
    i18n_name: { zh_cn: '', ja_jp: '', en_us: '' },
    parent_department_id: '0',
    department_id: `${key}-one`,
    leader_user_id: 'boss',
    order: '1',
    unit_ids: [],
    create_group_chat: false,
    leaders: [{ leaderType: 1, leaderID: 'boss' }],
    group_chat_employee_types: [1],
    department_hrbps: ['li'],
  };
  const contactUser = {
    name: 'Wang',
    en_name: 'Wang',
    nickname: 'W',
    mobile: '+8613900009004',
    mobile_visible: true,
    email: 'newest-mail@example.com',
    gender: 1,
    avatar_key: '',
    leader_user_id: 'boss',
    department_ids: [`${key}-one`],
    orders: [{ department_id: `${key}-one`, user_order: 1, department_order: 1, is_primary_dept: true }],
    city: 'Beijing',
    country: 'CN',
    work_station: '1-2',
    join_time: 1_614_556_800,
    employee_no: `${key}-1`,
    employee_type: 1,
    enterprise_email: `wang@${key}.example`,
    job_title: 'Engineer',
    job_level_id: 'l-one',
    job_family_id: 'f-one',
    custom_attrs: [{ type: 'TEXT', id: 'C-1', value: { text: 'motto' } }],
  };
  const department = {
    custom_department_id: `${key}-one`,
    name: words('One'),
    parent_department_id: '0',
    leaders: [{ leader_type: 1, leader_id: 'boss' }],
    order_weight: '1',
    enabled_status: true,
    custom_field_values: [{ field_key: 'C-1', field_type: '1', text_value: words('motto') }],
    description: 'text',
  };
  const member = {
    userid: 'wang',
    name: 'Wang',
    alias: 'W',
    english_name: 'Wang',
    mobile: '13900009005',
    email: 'fresh@example.com',
    biz_mail: `wang@${key}.example`,
    department: [1],
    order: [1],
    is_leader_in_dept: [0],
    main_department: 1,
    direct_leader: ['boss'],
    position: 'Engineer',
    gender: '1',
    telephone: '020-123456',
    address: 'Some street',
    enable: 1,
    extattr: { attrs: [{ type: 0, name: 'Motto', text: { value: 'motto' } }] },
    external_position: 'Engineer',
    external_profile: {},
    nickname: 'W',
  };
  const exported = { encoding_aeskey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', block_size: 10_000 };
  return {
    'companies.fork': { key: 'gamma-2' },
    'companies.take-snapshot': { name: 'before' },
    'changes.undo': { plan: true },
    'apps.edit': { enabled: true },
    'catalogues.add': { name: 'Two', code: 'T2', enabled: false },
    'catalogues.edit': { name: { value: 'One', i18n: { 'en-US': 'One' } } },
    'fields.add': { name: 'Two', type: 'choice', options: [{ id: 'a', name: 'A' }] },
    'fields.edit': { enabled: true },
    'imports.match': { clears_empty: true },
    'imports.apply': { confirm: 1 },
    'imports.create-for-people': { select: { ids: ['wang'] }, set: { note: 'Moved' } },
    'employees.check': { changes: { alias: 'W', mobile: null } },
    'targets.put-links': {
      links: [{ kind: 'employee', subject: 'wang', live_id: 'there', matched_by: 'mobile', state: 'linked' }],
    },
    'targets.accept': { run: 'dr_1', employees: ['wang'], fields: ['alias'], allow: { overwrite: 1 } },
    'targets.repair': { run: 'dr_1', all: true },
    'targets.put-link': { kind: 'employee', live_id: 'there' },
    'target-plans.make': { only: ['wang'] },
    'target-plans.allow': { counts: { leave: 1 } },
    'target-plans.apply': { only: ['wang'], until: 1, partial: true, continue: false },
    'targets.settle': { verified: [{ kind: 'employee', subject: 'e1', live_id: 'there', fields: { alias: 'x' } }] },
    'targets.book': {
      outcomes: [
        {
          plan: 'pl_1',
          n: 1,
          operation: 'update',
          subjects: [{ subject: 'e1', live_id: 'there', changes: { alias: { from: 'x', to: 'y' } } }],
          counts: { overwrite: 1 },
          predicted: [{ subject: 'e1', field: 'alias', fate: 'written', code: null, shown: 'as-sent' }],
          items: [{ subject: 'e1', field: 'alias', fate: 'written', code: null, shown: 'as-sent' }],
          made: [],
        },
      ],
    },
    'calls.send': { platform: 'hose', app: appKey, operation: 'corporations', query: {} },
    'calls.check': { platform: 'hose', app: appKey, operation: 'corporations', query: {} },
    'session.begin': { key: ADMIN_KEY },
    // Both platforms call it so; here a name that is there already.
    'wecom department.create': { name: 'One', name_en: 'One', parentid: 1, id: 77, order: 1 },
    'department.update': { id: 1, name: 'Root', name_en: 'Root', order: 1 },
    'user.update': member,
    'user.batchdelete': { useridlist: ['nobody'] },
    'user.list_id': { cursor: '', limit: 10 },
    'user.getuserid': { mobile: '13900009009' },
    'user.get_userid_by_email': { email: 'nobody@example.com', email_type: 1 },
    'user.convert_to_openid': { userid: 'wang' },
    'user.convert_to_userid': { openid: 'oNobody' },
    'batch.syncuser': { media_id: 'none', to_invite: false, callback: {} },
    'batch.replaceuser': { media_id: 'none', to_invite: false, callback: {} },
    'batch.replaceparty': { media_id: 'none', callback: {} },
    'batch.invite': { user: ['wang'], party: [1], tag: [1] },
    'user.get_active_stat': { date: '2026-01-05' },
    'auth.get_tfa_info': { code: 'unknown' },
    'user.tfa_succ': { userid: 'wang', tfa_code: 'unknown' },
    'user.getuserdetail': { user_ticket: 'unknown' },
    'auth.getuserdetail': { user_ticket: 'unknown' },
    'tag.create': { tagname: '', tagid: 1 },
    'tag.update': { tagid: 1, tagname: 'One' },
    'tag.addtagusers': { tagid: 1, userlist: ['wang'], partylist: [1] },
    'tag.deltagusers': { tagid: 1, userlist: ['wang'], partylist: [1] },
    'message.send': { touser: 'wang', agentid: 1, msgtype: 'text', text: { content: 'One' } },
    'message.recall': { msgid: 'unknown' },
    'export.simple_user': exported,
    'export.user': exported,
    'export.department': exported,
    'export.taguser': { ...exported, tagid: 1 },
    'user.create': {
      ...member,
      userid: 'li',
      mobile: '13900009006',
      email: 'chen@example.com',
      biz_mail: 'c@d.example',
    },
    'tenant-access-token': credentials,
    'app-access-token': credentials,
    'event.long-connection': { AppID: credentials.app_id, AppSecret: credentials.app_secret },
    'user-access-token': oauth,
    'oauth-v3-token': oauth,
    'passport.token': oauth,
    'authen.access-token': { grant_type: 'authorization_code', code: 'unknown' },
    'authen.refresh-access-token': { grant_type: 'refresh_token', refresh_token: 'unknown' },
    'authen.oidc-access-token': { grant_type: 'authorization_code', code: 'unknown' },
    'authen.oidc-refresh-access-token': { grant_type: 'refresh_token', refresh_token: 'unknown' },
    'contact.user.create': {
      user_id: 'fresh-contact',
      name: 'Fresh',
      mobile: '+8613900009008',
      department_ids: [`${key}-one`],
      employee_type: 1,
    },
    'contact.user.patch': contactUser,
    'contact.user.put': contactUser,
    'contact.user.delete': { docs_acceptor_user_id: 'boss' },
    'contact.user.resurrect': {
      departments: [{ department_id: `${key}-one`, user_order: 0, department_order: 1 }],
    },
    'contact.user.update-user-id': { new_user_id: 'wang' },
    'contact.job-family.create': { name: 'Research', status: true, description: 'text' },
    'contact.job-family.update': { name: 'Technology', status: true, i18n_name: [{ locale: 'en_us', value: 'T' }] },
    'contact.employee-type-enum.create': { content: 'Visitor', enum_type: 2, enum_status: 1 },
    'contact.employee-type-enum.update': {
      content: 'Guest',
      enum_type: 2,
      enum_status: 1,
      i18n_content: [{ locale: 'en_us', value: 'G' }],
    },
    'contact.department.create': contactDepartment,
    'contact.department.patch': contactDepartment,
    'contact.department.put': contactDepartment,
    'contact.department.search': { query: 'One' },
    'contact.department.update-id': { new_department_id: `${key}-one` },
    'contact.department.unbind-chat': { department_id: `${key}-one` },
    'employee.patch': {
      employee: {
        name: { name: words('Wang'), another_name: 'W' },
        mobile: '+8613900009003',
        custom_employee_id: 'wang',
        avatar_key: '',
        email: 'newest@example.com',
        enterprise_email: `wang@${key}.example`,
        gender: 1,
        employee_order_in_departments: [
          {
            department_id: `${key}-one`,
            order_weight_in_deparment: '1',
            order_weight_among_deparments: 1,
            is_main_department: true,
          },
        ],
        background_image_key: '',
        description: 'text',
        leader_id: 'boss',
        dotted_line_leader_ids: ['li'],
        work_country_or_region: 'c-one',
        work_place_id: 'w-one',
        work_station: words('1-2'),
        job_number: `${key}-1`,
        extension_number: '123',
        join_date: '2021-03-02',
        employment_type: 1,
        job_title_id: 't-one',
        job_level_id: 'l-one',
        job_family_id: 'f-one',
        resign_date: '',
        resign_reason: '',
        resign_remark: '',
        resign_type: '',
        is_frozen: false,
        custom_field_values: [
          { field_key: 'C-1', field_type: '1', text_value: words('motto') },
          {
            field_key: 'C-2',
            field_type: '2',
            url_value: { link_text: words('home'), url: 'https://a.example', pcurl: 'https://a.example' },
          },
          { field_key: 'C-3', field_type: '3', enum_value: { enum_ids: ['s'], enum_type: '1' } },
          { field_key: 'C-4', field_type: '4', user_values: [{ ids: ['li'] }] },
          { field_key: 'C-9', field_type: 9, phone_value: { phone_number: '1', extension_number: '2' } },
        ],
      },
      options: { geo_name: 'cn', subscription_ids: [] },
    },
    'employee.filter': {
      filter: {
        conditions: [
          { field: 'work_info.staff_status', operator: 'eq', value: '1' },
          { field: 'base_info.departments.department_id', operator: 'in', value: `["${key}-one"]` },
        ],
      },
      required_fields: ['base_info.*'],
      page_request: { page_size: 10, page_token: '' },
    },
    'employee.search': {
      query: 'wang',
      filter: { contain_resigned_employee: true },
      required_fields: ['base_info.*'],
      page_request: { page_size: 10, page_token: '' },
    },
    'contact.job-level.create': { name: 'P7', status: true, order: 300, description: 'text' },
    'contact.job-level.update': { name: 'P5', status: true, i18n_name: [{ locale: 'en_us', value: 'P5' }] },
    'department.create': { department },
    'department.patch': { department },
    'department.mget': { department_ids: [`${key}-one`], required_fields: ['*'] },
    'department.filter': {
      filter: { conditions: [{ field: 'parent_department_id', operator: 'eq', value: '"0"' }] },
      required_fields: ['*'],
      page_request: { page_size: 10, page_token: '' },
    },
    'department.search': {
      query: 'One',
      filter: { exactly_match_by_name: false },
      required_fields: ['*'],
      page_request: { page_size: 10, page_token: '' },
    },
    'employee.mget': { employee_ids: ['wang', 'nobody'], required_fields: ['base_info.*', 'work_info.*'] },
    'contact.user.basic-batch': { user_ids: ['wang'] },
    'contact.user.batch-get-id': { emails: ['wang@a.example'], mobiles: ['+8613800000000'], include_resigned: true },
    'employee.create': {
      employee: {
        name: { name: words('Fresh') },
        custom_employee_id: 'fresh',
        mobile: '+8613900009009',
        email: 'fresh-mail@example.com',
        employee_order_in_departments: [{ department_id: `${key}-one` }],
        leader_id: 'boss',
      },
      options: { geo_name: 'cn', need_send_notification: { need_send_notification: true, language: 1 } },
    },
    'employee.to-be-resigned': {
      employee: { resign_date: '2027-01-01', resign_reason: '1', resign_type: 1, resign_remark: 'text' },
    },
    'employee.regular': {},
    'employee.delete': {
      options: { resigned_employee_resource_receiver: { docs_acceptor_employee_id: 'boss' } },
    },
    'employee.resurrect': {
      employee_order_in_departments: [{ department_id: `${key}-one`, order_weight_in_deparment: '1' }],
      options: { subscription_ids: [] },
    },
    'hr.update_staff_info': update,
    'hr.get_staff_info': { userid: 'wang', get_all: false, fieldids: [{ fieldid: 11_001, sub_idx: 0 }] },
    'auth.getAccessToken': { appKey, appSecurity },
    'auth.v3.getAccessToken': { appKey, appSecurity },
    'staffs.update': staff,
    'staffs.update.v1': staff,
    'staffs.batchUpdate': {
      staffList: [
        { id: `${corporation}:wang`, ...staff },
        { id: `${corporation}:li`, name: 'Li' },
      ],
    },
    'staffs.create': newcomer,
    'staffs.batchCreate': { staffList: [newcomer] },
    'charge.authStaff': { type: 'id', addStaff: [`${corporation}:wang`], delStaff: [] },
    'staffs.customFields': { rankType: 'l-one', u_motto: 'motto', u_count: '12' },
    'staffs.phone': { cellphone: '13800000000' },
    'staffs.getOpenUserId': { ids: ['wang'] },
    'staffs.certificate.update': [{ type: 'PASSPORT', number: 'E1' }],
    'staffs.staffCustom': { u_motto: 'motto' },
    'departments.departmentCustom': { costCenter: 'c' },
    'auth.getAppAccessToken': { appKey: 'nobody', appSecret: 's' },
    'realms.auth': { appKey: 'nobody', appSecret: 's' },
    'provisional.getProvisionalAuth': { uid: `${corporation}:wang`, pageType: 'home', expireDate: '60' },
    'roledefs.create': { name: '部门主管', scope: '普通角色', sourceChannel: 'API', roleGroupId: null },
    'roledefs.staffs.update': { contents: [{ pathType: 'name', path: [], staffs: [`${corporation}:wang`] }] },
    'staffs.code': { code: `${key}-7` },
    'city.list': { name: '南昌', code: '', parentId: '1353' },
    'property.addPropertySet': {
      useField: 'STAFF',
      properties: [
        {
          cnLabel: 'project',
          enLabel: 'Project',
          canAsDimension: false,
          dataType: { type: 'number', scale: 2, unit: '', entity: '' },
        },
      ],
    },
    'dimensions.create': { name: 'archive', code: 'archive' },
    'dimensions.items.create': { dimensionId: `${corporation}:project`, ...archived },
    'dimensions.items.batchCreate': { dimensionId: `${corporation}:project`, itemListRequest: [archived] },
    'dimensions.items.update': { dimensionId: `${corporation}:project`, parentId: '' },
    'dimensions.items.enable': { applyToSubtree: true },
    'departments.create': { ...made, name: 'One', code: 'three' },
    'departments.batchCreate': { departmentList: [{ ...made, name: 'One', code: 'four' }] },
    'departments.update': { ...made, name: 'One', code: 'one' },
    'staffs.getStaffIds': { type: 'STAFFID', conditionIds: [`${corporation}:wang`] },
  };
}

const CONTACT_KINDS = { user_id_type: 'user_id', department_id_type: 'department_id' } as const;

function queryOf(platform: Platform, operation: string, session: Session): Readonly<Record<string, string>> {
  const { appId, corpid, corpsecret, wecom, hose, spare, corporation } = session;
  if (operation === 'oauth-authorize' || operation === 'authen.index' || operation === 'passport.authorize')
    return {
      client_id: appId,
      response_type: 'code',
      redirect_uri: 'https://app.example/back',
      scope: 'a:b',
    };
  if (operation === 'contact.department.batch') return { ...CONTACT_KINDS, department_ids: `${session.key}-one` };
  if (operation === 'contact.department.parent') return { ...CONTACT_KINDS, department_id: `${session.key}-one` };
  if (operation === 'contact.user.find-by-department' || operation === 'contact.user.list')
    return { ...CONTACT_KINDS, department_id: `${session.key}-one` };
  if (operation === 'contact.user.batch') return { ...CONTACT_KINDS, user_ids: 'wang' };
  if (operation === 'search.user') return { query: 'wang' };
  if (/^contact\.(user|department)\./.test(operation)) return CONTACT_KINDS;
  if (platform === 'feishu' && /^(employee|department)\./.test(operation))
    return { employee_id_type: 'employee_id', department_id_type: 'department_id' };
  if (operation === 'mdm.country-region.list') return { languages: 'zh-CN', fields: 'name' };
  if (operation === 'gettoken') return { corpid, corpsecret };
  if (operation === 'user.delete') return { access_token: session.contacts, userid: 'nobody' };
  if (/^user\.(?:update|create|batchdelete|list_id|get_active_stat|authsucc)$|^corp\./.test(operation))
    return { access_token: session.contacts };
  if (operation === 'user.list' || operation === 'user.simplelist') return { access_token: wecom, department_id: '1' };
  if (platform === 'wecom' && operation === 'department.delete') return { access_token: session.contacts, id: '1' };
  if (platform === 'wecom' && (operation === 'department.create' || operation === 'department.update'))
    return { access_token: session.contacts };
  if (platform === 'wecom' && operation === 'department.get') return { access_token: wecom, id: '1' };
  if (/^batch\.(?:sync|replace)/.test(operation)) return { access_token: session.contacts };
  if (currentOf(operation) === 'batch.getresult') return { access_token: session.contacts, jobid: 'none' };
  if (operation === 'media.upload') return { access_token: wecom, type: 'file' };
  if (currentOf(operation) === 'media.get') return { access_token: wecom, media_id: 'none' };
  if (operation === 'user.get') return { access_token: wecom, userid: 'wang' };
  if (operation === 'department.list') return { access_token: wecom, id: '1' };
  if (platform === 'wecom') return { access_token: wecom };
  if (operation.startsWith('auth.refreshToken')) return { ...spare, powerCode: '219904', expireDate: '7' };
  if (operation === 'overview') return { company: session.key, window: '15m', step: '30s' };
  if (operation === 'search') return { company: session.key, q: 'Wang' };
  if (operation === 'employees.list') return { q: 'wang', sort: '-name', status: 'regular', limit: '10' };
  if (operation === 'stats.calls') return { window: '15m', step: '30s' };
  if (operation === 'logins.find') return { email: 'nobody@example.com' };
  if (operation === 'location') return { corpId: session.corporation };
  if (operation === 'city.get') return { accessToken: hose, id: '1353' };
  if (operation === 'departments.byName') return { accessToken: hose, name: 'One' };
  if (operation === 'staffs.clearInfo')
    return { accessToken: hose, type: 'STAFFID', conditionIds: `${corporation}:li` };
  if (operation === 'provisional.open' || operation === 'realms.auth') return {};
  if (operation === 'roledefs.update') return { accessToken: hose, name: 'One' };
  if (operation === 'departments.byPath') return { accessToken: hose, path: 'One' };
  if (operation === 'departments.disableOrEnable') return { accessToken: hose, active: 'true' };
  if (operation.startsWith('dimensions.items.by')) return { accessToken: hose, id: 'p-one', code: 'P1', name: 'One' };
  if (/^(departments\.(list|external)|dimensions\.(list|items(\.with.*)?))$/.test(operation))
    return { accessToken: hose, start: '0', count: '10' };
  if (operation.startsWith('staffs.list') || operation === 'staffs.authorized')
    return { accessToken: hose, start: '0', count: '10' };
  if (operation === 'staffs.disableOrEnable') return { accessToken: hose, active: 'true', doCheck: 'true', type: 'id' };
  if (operation === 'staffs.backlogCount') return { accessToken: hose, staffParam: `${corporation}:wang` };
  if (platform === 'hose' && !operation.endsWith('getAccessToken')) return { accessToken: hose };
  return {};
}

function paramOf(name: string, operation: string, { corporation, key, appId }: Session): string {
  switch (name) {
    case 'app':
      // An app whose secret is replaced, or that is off, is not used by other examples.
      return operation.startsWith('apps.') ? 'cli_nobody' : appId;
    case 'employee_id':
      // Employees who are created and removed are not used by other examples.
      return operation === 'employee.patch' ? 'wang' : 'fresh';
    case 'user_id':
      return operation === 'contact.user.delete' || operation === 'contact.user.resurrect' ? 'fresh-contact' : 'wang';
    case 'department_id':
      return `${key}-one`;
    case 'staffIds':
      // An employee removed by a spoilt request is not used by other requests.
      return `[${corporation}:li]`;
    case 'type':
      return '$id';
    case 'departmentId':
    case 'idOrCode':
      return `$${corporation}:d-one`;
    case 'staffId':
      return `$${corporation}:wang`;
    case 'key':
      // What is removed or made over is a company of its own.
      return /^(companies\.(apply|remove|reset|fork|\w+-snapshot)|plans\.make)$/.test(operation) ? 'gamma' : key;
    case 'name':
      return 'before';
    case 'id':
      if (operation.startsWith('imports.')) return 'imp-000000000000';
      if (operation.startsWith('roledefs.')) return `$${corporation}:admin`;
      return operation.startsWith('dimensions.') ? '$p-one' : 'wang';
    case 'job_title_id':
      return 't-one';
    case 'job_level_id':
      // What is removed is nothing that another example needs.
      return operation === 'contact.job-level.delete' ? 'l-two' : 'l-one';
    case 'job_family_id':
      return operation === 'contact.job-family.delete' ? 'f-two' : 'f-one';
    case 'enum_id':
      return operation === 'contact.employee-type-enum.delete' ? 'e-two' : 'e-one';
    case 'work_city_id':
      return 'w-one';
    case 'number':
      return operation === 'changes.undo' ? '999999999' : '99';
    case 'platform':
    case 'target':
      return 'feishu';
    case 'subject':
      return 'wang';
    case 'run':
      return 'dr_000000000000';
    case 'list':
      return 'job_titles';
    case 'entry':
      return 't-one';
    case 'field':
      return 'motto';
    case 'operation':
      return 'employee.patch';
    case 'image_key':
      return 'img_v3_nobody';
    default:
      throw new Error(`no example of the path parameter ${name}`);
  }
}

const nobody = (): never => {
  throw new Error('only the routes themselves are asked for');
};

/** Operations that take the tokens of employees alone. */
const FOR_USERS = new Set(['contact.department.search', 'search.user', 'authen.user-info', 'passport.user-info']);

const history = new CompanyHistory({ store: nobody, dialects: [], now: nobody });

/** The admin API's routes; nothing of it is called. */
const admin: RouteGroup = adminRoutes({
  companies: {
    keys: nobody,
    apply: nobody,
    export: nobody,
    exportPieces: nobody,
    isAsApplied: nobody,
    summary: nobody,
    remove: nobody,
  },
  states: { list: nobody, take: nobody, restore: nobody, reset: nobody, fork: nobody, diff: nobody, remove: nobody },
  check: nobody,
  backups: 'none',
  access: new AdminAccess({ adminKey: null }),
  personal: [],
  hasDemo: false,
  mode: 'on',
  version: '',
  companyBytes: 0,
  history,
  // Looked at in test/sandbox: one of them never ends.
  requests: [],
  // Likewise: a trial starts a directory of its own.
  errors: [],
  sandbox: [
    undoRoute(history, 'on'),
    callRoute({ dialects: [], send: nobody, version: '', mode: 'on' }),
    checkCallRoute([], 'on'),
    checkPersonRoute([], 'on'),
  ],
  // A stream never ends; it is looked at in test/sandbox.
  console: consoleRoutesOf(nobody).filter(({ operation }) => operation !== 'stream'),
  tables: tableRoutesOf(nobody),
  events: eventRoutes({ readAgain: nobody, checkAgain: nobody }),
  targets: [
    ...targetRoutes({ targets: companyTargets(nobody, ''), probe: nobody, probing: () => null }),
    ...planRoutes(
      new CompanyTargetPlans({
        store: nobody,
        targets: companyTargets(nobody, ''),
        start: nobody,
        closing: new AbortController().signal,
        onFailure: nobody,
      }),
    ),
    ...driftRoutes(targetDrift(nobody, companyTargets(nobody, ''), { plan: null, onFailure: nobody })),
  ],
  schema: { en: nobody, zh: nobody },
});

/** One good request for every route that is served. */
export function examplesOf(session: Session): readonly Example[] {
  const sent = bodies(session);
  const owners: readonly (readonly [Platform, Pick<RouteGroup, 'routes'>])[] = [
    ...dialects.map((dialect) => [dialect.name as Platform, dialect] as const),
    ['admin', admin],
    ['front', rootRoutes],
    ['front', metricsRoutes({ metrics: nobody, guard: () => null })],
  ];
  const examples = owners.flatMap(([platform, { routes }]) =>
    routes.map(({ operation, method, path: pattern, body: schema, streamsBody }): Example => {
      const kind = currentOf(operation);
      const body =
        operation === 'companies.apply' || operation === 'plans.make'
          ? companyFile('gamma')
          : operation === 'imports.create'
            ? '姓名,手机\n王强,13900009006\n'
            : (sent[`${platform} ${kind}`] ?? sent[kind]);
      if (schema !== undefined && body === undefined) throw new Error(`no example of a body for ${operation}`);
      const path = pattern.replaceAll(/:([A-Za-z_]+)/g, (_all, name: string) => paramOf(name, kind, session));
      const headers: Record<string, string> = {
        ...(platform === 'feishu'
          ? { authorization: `Bearer ${FOR_USERS.has(operation) ? session.feishuUser : session.feishu}` }
          : {}),
        ...(platform === 'admin' ? { authorization: `Bearer ${ADMIN_KEY}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      return {
        platform,
        operation,
        method,
        pattern,
        path,
        query: queryOf(platform, kind, session),
        headers,
        isUnbounded: streamsBody === true,
        ...(body === undefined ? {} : { body }),
        ...(schema === undefined ? {} : { schema }),
      };
    }),
  );
  // What is removed is asked for by others before.
  const isLast = ({ operation }: Example): number => Number(operation === 'companies.remove');
  return examples.toSorted((one, other) => isLast(one) - isLast(other));
}
