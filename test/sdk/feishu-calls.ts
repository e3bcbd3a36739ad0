import type { Client } from '@larksuiteoapi/node-sdk';

/** What one call says, as every call of the vendor's client takes it. */
export interface Said {
  readonly path?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Ids that earlier calls returned, by name. */
export type Known = Readonly<Record<string, string>>;

/** One call of an operation, what must come back, and what of it later calls need. */
export interface SdkCall {
  /** The operation in the dialect's coverage: while it is absent there, the call is not made. */
  readonly operation: string;
  /** Absent: the client has no method for it, and is given method and path instead. */
  readonly method?: (client: Client) => (said: never) => Promise<unknown>;
  readonly said: (known: Known) => Said;
  /** Whether it hands in a code, got from the page `authen/v1/index` and known as `code`. */
  readonly needsCode?: true;
  /** Whether it is called with the token of an employee instead of the app's own. */
  readonly asUser?: true;
  readonly data: unknown;
  readonly keeps?: readonly [name: string, path: string];
}

const ids = { employee_id_type: 'employee_id', department_id_type: 'department_id' } as const;
const userIds = { user_id_type: 'user_id', department_id_type: 'department_id' } as const;
const page_request = { page_size: 10, page_token: '' };
const newcomer = (known: Known) => ({ path: { employee_id: known['employee'] ?? '' }, params: ids });
const branch = (known: Known) => ({ path: { department_id: known['department'] ?? '' }, params: ids });
const found = (employee_id: string) => ({ employees: [{ base_info: { employee_id } }] });

const contactIds = { user_id_type: 'user_id', department_id_type: 'department_id' } as const;
const office = { path: { department_id: 'sdk-office' }, params: contactIds };

/** Departments of the contact API: one is made, changed, read in every way and deleted. */
const contactDepartmentCalls: readonly SdkCall[] = [
  {
    operation: 'contact.department.create',
    method: ({ contact }) => contact.v3.department.create,
    said: () => ({
      params: { ...contactIds, client_token: 'sdk-office-once' },
      data: {
        name: '办事处',
        parent_department_id: 'rd',
        department_id: 'sdk-office',
        leaders: [{ leaderType: 1, leaderID: 'zhangsan' }],
        group_chat_employee_types: [1],
      },
    }),
    data: {
      department: {
        department_id: 'sdk-office',
        parent_department_id: 'rd',
        leader_user_id: 'zhangsan',
        member_count: 0,
      },
    },
  },
  {
    operation: 'contact.department.patch',
    method: ({ contact }) => contact.v3.department.patch,
    said: () => ({ ...office, data: { i18n_name: { en_us: 'Office' } } }),
    data: { department: { name: '办事处', i18n_name: { en_us: 'Office' }, leader_user_id: 'zhangsan' } },
  },
  {
    operation: 'contact.department.put',
    method: ({ contact }) => contact.v3.department.update,
    said: () => ({ ...office, data: { name: '办事处二', parent_department_id: 'rd' } }),
    data: { department: { name: '办事处二', i18n_name: { en_us: '' }, leaders: [] } },
  },
  {
    operation: 'contact.department.get',
    method: ({ contact }) => contact.v3.department.get,
    said: () => office,
    data: { department: { name: '办事处二', department_id: 'sdk-office', status: { is_deleted: false } } },
  },
  {
    operation: 'contact.department.batch',
    method: ({ contact }) => contact.v3.department.batch,
    said: () => ({ params: { ...contactIds, department_ids: ['sdk-office', 'rd'] } }),
    data: { items: [{ department_id: 'sdk-office' }, { department_id: 'rd' }] },
  },
  {
    operation: 'contact.department.children',
    method: ({ contact }) => contact.v3.department.children,
    said: () => ({ path: { department_id: 'product' }, params: { ...contactIds, page_size: 1 } }),
    data: { items: [{ department_id: 'design', name: '设计部' }], has_more: false },
  },
  {
    operation: 'contact.department.list',
    method: ({ contact }) => contact.v3.department.list,
    said: () => ({ params: { ...contactIds, parent_department_id: 'product', fetch_child: true } }),
    data: { items: [{ department_id: 'design' }], has_more: false },
  },
  {
    operation: 'contact.department.parent',
    method: ({ contact }) => contact.v3.department.parent,
    said: () => ({ params: { ...contactIds, department_id: 'sdk-office' } }),
    data: { items: [{ department_id: 'rd' }], has_more: false },
  },
  {
    operation: 'contact.department.search',
    method: ({ contact }) => contact.v3.department.search,
    said: () => ({ params: contactIds, data: { query: '办事处' } }),
    asUser: true,
    data: { items: [{ department_id: 'sdk-office' }], has_more: false },
  },
  {
    operation: 'contact.department.update-id',
    method: ({ contact }) => contact.v3.department.updateDepartmentId,
    said: () => ({ ...office, data: { new_department_id: 'sdk-bureau' } }),
    data: {},
  },
  {
    operation: 'contact.department.delete',
    method: ({ contact }) => contact.v3.department.delete,
    said: () => ({ path: { department_id: 'sdk-bureau' }, params: contactIds }),
    data: {},
  },
];

/** Somebody logs in over the older calls. */
const logInCalls: readonly SdkCall[] = [
  {
    operation: 'authen.access-token',
    method: ({ authen }) => authen.v1.accessToken.create,
    said: ({ code = '' }) => ({ data: { grant_type: 'authorization_code', code } }),
    needsCode: true,
    data: { user_id: 'zhangsan', name: '张三', token_type: 'Bearer', mobile: '+8613800010001' },
    keeps: ['refresh', 'refresh_token'],
  },
  {
    operation: 'authen.refresh-access-token',
    method: ({ authen }) => authen.v1.refreshAccessToken.create,
    said: ({ refresh = '' }) => ({ data: { grant_type: 'refresh_token', refresh_token: refresh } }),
    data: { user_id: 'zhangsan' },
  },
  {
    operation: 'authen.oidc-access-token',
    method: ({ authen }) => authen.v1.oidcAccessToken.create,
    said: ({ code = '' }) => ({ data: { grant_type: 'authorization_code', code } }),
    needsCode: true,
    data: { token_type: 'Bearer', expires_in: 7199, refresh_expires_in: 2_591_999 },
    keeps: ['refresh', 'refresh_token'],
  },
  {
    operation: 'authen.oidc-refresh-access-token',
    method: ({ authen }) => authen.v1.oidcRefreshAccessToken.create,
    said: ({ refresh = '' }) => ({ data: { grant_type: 'refresh_token', refresh_token: refresh } }),
    data: { token_type: 'Bearer' },
  },
  {
    operation: 'authen.user-info',
    method: ({ authen }) => authen.v1.userInfo.get,
    said: () => ({}),
    asUser: true,
    data: { user_id: 'zhangsan', name: '张三' },
  },
  {
    operation: 'tenant.query',
    method: ({ tenant }) => tenant.v2.tenant.query,
    said: () => ({}),
    data: { tenant: { tenant_tag: 0 } },
  },
];

/** Calls in an order in which each can be answered. Every written record is read again. */
export const calls: readonly SdkCall[] = [
  {
    operation: 'employee.create',
    method: ({ directory }) => directory.v1.employee.create,
    said: () => ({
      params: ids,
      data: {
        employee: {
          name: { name: { default_value: '新人' } },
          mobile: '13700137000',
          custom_employee_id: 'sdk-newcomer',
          employee_order_in_departments: [{ department_id: 'rd' }],
        },
      },
    }),
    data: { employee_id: 'sdk-newcomer' },
    keeps: ['employee', 'employee_id'],
  },
  {
    operation: 'employee.to-be-resigned',
    method: ({ directory }) => directory.v1.employee.toBeResigned,
    said: (known) => ({
      ...newcomer(known),
      data: { employee: { resign_date: '2030-01-01', resign_reason: '1', resign_type: '1' } },
    }),
    data: {},
  },
  {
    operation: 'employee.regular',
    method: ({ directory }) => directory.v1.employee.regular,
    said: newcomer,
    data: {},
  },
  {
    operation: 'employee.delete',
    method: ({ directory }) => directory.v1.employee.delete,
    said: newcomer,
    data: {},
  },
  {
    operation: 'employee.resurrect',
    method: ({ directory }) => directory.v1.employee.resurrect,
    said: (known) => ({
      ...newcomer(known),
      data: { employee_order_in_departments: [{ department_id: 'rd', order_weight_among_deparments: '1' }] },
    }),
    data: {},
  },
  {
    operation: 'employee.patch',
    method: ({ directory }) => directory.v1.employee.patch,
    said: () => ({
      path: { employee_id: 'u273y71' },
      params: ids,
      data: {
        employee: { name: { name: { default_value: '张明远' } }, mobile: '13900139001', job_title_id: 't-design' },
      },
    }),
    data: {},
  },
  {
    operation: 'employee.mget',
    method: ({ directory }) => directory.v1.employee.mget,
    said: () => ({
      params: { ...ids, is_admin_role: false },
      data: { employee_ids: ['u273y71'], required_fields: ['base_info.name', 'base_info.mobile', 'work_info.*'] },
    }),
    data: {
      employees: [
        {
          base_info: { name: { name: { default_value: '张明远' } }, mobile: '+8613900139001' },
          work_info: { job_title: { job_title_id: 't-design' } },
        },
      ],
      abnormals: [],
    },
  },
  {
    operation: 'employee.filter',
    method: ({ directory }) => directory.v1.employee.filter,
    said: () => ({
      params: ids,
      data: {
        filter: { conditions: [{ field: 'base_info.mobile', operator: 'eq', value: '"+8613900139001"' }] },
        required_fields: ['base_info.mobile'],
        page_request,
      },
    }),
    data: { ...found('u273y71'), page_response: { has_more: false } },
  },
  {
    operation: 'employee.search',
    method: ({ directory }) => directory.v1.employee.search,
    said: () => ({
      params: ids,
      data: { query: '张明远', required_fields: ['base_info.name'], page_request },
    }),
    data: found('u273y71'),
  },
  {
    operation: 'department.create',
    method: ({ directory }) => directory.v1.department.create,
    said: () => ({
      params: ids,
      data: {
        department: {
          custom_department_id: 'sdk-branch',
          name: { default_value: '分部' },
          parent_department_id: 'rd',
        },
      },
    }),
    data: { department_id: 'sdk-branch' },
    keeps: ['department', 'department_id'],
  },
  {
    operation: 'department.patch',
    method: ({ directory }) => directory.v1.department.patch,
    said: (known) => ({ ...branch(known), data: { department: { name: { default_value: '支部' } } } }),
    data: {},
  },
  {
    operation: 'department.mget',
    method: ({ directory }) => directory.v1.department.mget,
    said: () => ({ params: ids, data: { department_ids: ['sdk-branch'], required_fields: ['*'] } }),
    data: {
      departments: [
        { department_id: 'sdk-branch', name: { default_value: '支部' }, parent_department_id: 'rd', has_child: false },
      ],
    },
  },
  {
    operation: 'department.filter',
    method: ({ directory }) => directory.v1.department.filter,
    said: () => ({
      params: ids,
      data: {
        filter: { conditions: [{ field: 'parent_department_id', operator: 'eq', value: '"product"' }] },
        required_fields: ['name'],
        page_request,
      },
    }),
    data: { departments: [{ department_id: 'design', name: { default_value: '设计部' } }] },
  },
  {
    operation: 'department.search',
    method: ({ directory }) => directory.v1.department.search,
    said: () => ({ params: ids, data: { query: '支部', required_fields: ['name'], page_request } }),
    data: { departments: [{ department_id: 'sdk-branch' }] },
  },
  {
    operation: 'department.delete',
    method: ({ directory }) => directory.v1.department.delete,
    said: branch,
    data: {},
  },
  ...contactDepartmentCalls,
  ...logInCalls,
  {
    operation: 'contact.user.batch-get-id',
    method: ({ contact }) => contact.v3.user.batchGetId,
    said: () => ({
      params: { user_id_type: 'user_id' },
      data: { mobiles: ['13800010001'], emails: ['zhangsan@hengda.example', 'nobody@hengda.example'] },
    }),
    data: {
      user_list: [
        { user_id: 'zhangsan', email: 'zhangsan@hengda.example', status: { is_resigned: false } },
        { email: 'nobody@hengda.example' },
        { user_id: 'zhangsan', mobile: '13800010001' },
      ],
    },
  },
  {
    operation: 'contact.user.create',
    method: ({ contact }) => contact.v3.user.create,
    said: () => ({
      params: { ...userIds, client_token: 'sdk-once' },
      data: {
        user_id: 'sdk-user',
        name: '新同事',
        mobile: '13700137001',
        department_ids: ['design'],
        employee_type: 1,
        city: '北京总部',
      },
    }),
    data: { user: { user_id: 'sdk-user', city: '北京总部', status: { is_unjoin: true } } },
  },
  {
    operation: 'contact.user.patch',
    method: ({ contact }) => contact.v3.user.patch,
    said: () => ({ path: { user_id: 'sdk-user' }, params: userIds, data: { job_title: '秘书', gender: 2 } }),
    data: { user: { user_id: 'sdk-user', job_title: '秘书', gender: 2, city: '北京总部' } },
  },
  {
    operation: 'contact.user.put',
    method: ({ contact }) => contact.v3.user.update,
    said: () => ({
      path: { user_id: 'sdk-user' },
      params: userIds,
      data: { name: '新同事', mobile: '13700137001', department_ids: ['design'], employee_type: 1 },
    }),
    data: { user: { user_id: 'sdk-user', job_title: '', gender: 0, city: '' } },
  },
  {
    operation: 'contact.user.update-user-id',
    method: ({ contact }) => contact.v3.user.updateUserId,
    said: () => ({
      path: { user_id: 'sdk-user' },
      params: { user_id_type: 'user_id' },
      data: { new_user_id: 'sdk-colleague' },
    }),
    data: {},
  },
  {
    operation: 'contact.user.delete',
    method: ({ contact }) => contact.v3.user.delete,
    said: () => ({
      path: { user_id: 'sdk-colleague' },
      params: { user_id_type: 'user_id' },
      data: { docs_acceptor_user_id: 'songyan' },
    }),
    data: {},
  },
  {
    operation: 'contact.user.resurrect',
    method: ({ contact }) => contact.v3.user.resurrect,
    said: () => ({
      path: { user_id: 'sdk-colleague' },
      params: userIds,
      data: { departments: [{ department_id: 'design', user_order: 0, department_order: 1 }] },
    }),
    data: {},
  },
  {
    operation: 'contact.user.get',
    method: ({ contact }) => contact.v3.user.get,
    said: () => ({ path: { user_id: 'zhangsan' }, params: userIds }),
    data: {
      user: {
        user_id: 'zhangsan',
        name: '张三',
        city: '北京总部',
        job_title: '软件工程师',
        department_ids: ['backend'],
      },
    },
  },
  {
    operation: 'contact.user.batch',
    method: ({ contact }) => contact.v3.user.batch,
    said: () => ({ params: { ...userIds, user_ids: ['zhangsan', 'linfeng'] } }),
    data: { items: [{ user_id: 'zhangsan' }, { user_id: 'linfeng', leader_user_id: 'eeasdqwwe' }] },
  },
  {
    operation: 'contact.user.find-by-department',
    method: ({ contact }) => contact.v3.user.findByDepartment,
    said: () => ({ params: { ...userIds, department_id: 'design', page_size: 50 } }),
    data: {
      has_more: false,
      items: [{ user_id: 'songyan' }, { user_id: 'wangyue' }, { user_id: 'tianye' }, { user_id: 'sdk-colleague' }],
    },
  },
  {
    operation: 'contact.user.list',
    method: ({ contact }) => contact.v3.user.list,
    said: () => ({ params: { ...userIds, department_id: 'design', page_size: 2 } }),
    data: { has_more: true, items: [{ user_id: 'songyan' }, { user_id: 'wangyue' }] },
  },
  {
    operation: 'contact.user.basic-batch',
    said: () => ({ params: { user_id_type: 'user_id' }, data: { user_ids: ['zhangsan'] } }),
    data: { users: [{ user_id: 'zhangsan', name: '张三', i18n_name: { en_us: 'Zhang San' } }] },
  },
  {
    operation: 'contact.job-title.list',
    method: ({ contact }) => contact.v3.jobTitle.list,
    said: () => ({ params: { page_size: 1 } }),
    data: { items: [{ job_title_id: 'wqedsaqw', name: '软件工程师', status: true }], has_more: true },
    keeps: ['page', 'page_token'],
  },
  {
    operation: 'contact.job-title.list',
    method: ({ contact }) => contact.v3.jobTitle.list,
    said: ({ page = '' }) => ({ params: { page_size: 1, page_token: page } }),
    data: { items: [{ job_title_id: 't-manager' }] },
  },
  {
    operation: 'contact.job-title.get',
    method: ({ contact }) => contact.v3.jobTitle.get,
    said: () => ({ path: { job_title_id: 't-qa' } }),
    data: { job_title: { job_title_id: 't-qa', name: '测试工程师' } },
  },
  {
    operation: 'contact.job-level.list',
    method: ({ contact }) => contact.v3.jobLevel.list,
    said: () => ({ params: { name: 'P6' } }),
    data: { items: [{ job_level_id: 'l-p6', order: 2 }], has_more: false },
  },
  {
    operation: 'contact.job-level.get',
    method: ({ contact }) => contact.v3.jobLevel.get,
    said: () => ({ path: { job_level_id: 'l-p6' } }),
    data: { job_level: { name: 'P6' } },
  },
  {
    operation: 'contact.job-level.create',
    method: ({ contact }) => contact.v3.jobLevel.create,
    said: () => ({ data: { name: 'P9', description: 'sdk', order: 900, status: true } }),
    data: { job_level: { name: 'P9', description: 'sdk', order: 900, status: true } },
    keeps: ['level', 'job_level.job_level_id'],
  },
  {
    operation: 'contact.job-level.list',
    method: ({ contact }) => contact.v3.jobLevel.list,
    said: () => ({ params: { name: 'P9' } }),
    data: { items: [{ name: 'P9', description: 'sdk' }], has_more: false },
  },
  {
    operation: 'contact.job-level.update',
    method: ({ contact }) => contact.v3.jobLevel.update,
    said: ({ level = '' }) => ({ path: { job_level_id: level }, data: { name: 'P10', order: 910, status: true } }),
    data: { job_level: { name: 'P10', order: 910 } },
  },
  {
    operation: 'contact.job-level.delete',
    method: ({ contact }) => contact.v3.jobLevel.delete,
    said: ({ level = '' }) => ({ path: { job_level_id: level } }),
    data: {},
  },
  {
    operation: 'contact.job-family.list',
    method: ({ contact }) => contact.v3.jobFamily.list,
    said: () => ({}),
    data: { items: [{ job_family_id: 'qwertyui' }, { job_family_id: 'f-business' }] },
  },
  {
    operation: 'contact.job-family.get',
    method: ({ contact }) => contact.v3.jobFamily.get,
    said: () => ({ path: { job_family_id: 'qwertyui' } }),
    data: { job_family: { name: '技术序列' } },
  },
  {
    operation: 'contact.job-family.create',
    method: ({ contact }) => contact.v3.jobFamily.create,
    said: () => ({ data: { name: '客服序列', status: true, parent_job_family_id: 'f-business' } }),
    data: { job_family: { name: '客服序列', parent_job_family_id: 'f-business' } },
    keeps: ['family', 'job_family.job_family_id'],
  },
  {
    operation: 'contact.job-family.update',
    method: ({ contact }) => contact.v3.jobFamily.update,
    said: (known) => ({ path: { job_family_id: known['family'] ?? '' }, data: { name: '客户序列', status: true } }),
    data: { job_family: { name: '客户序列', parent_job_family_id: 'f-business' } },
  },
  {
    operation: 'contact.job-family.delete',
    method: ({ contact }) => contact.v3.jobFamily.delete,
    said: (known) => ({ path: { job_family_id: known['family'] ?? '' } }),
    data: {},
  },
  {
    operation: 'contact.work-city.list',
    method: ({ contact }) => contact.v3.workCity.list,
    said: () => ({}),
    data: { items: [{ work_city_id: 'eqwedas', i18n_name: [{ locale: 'en_us', value: 'Beijing' }] }, {}, {}] },
  },
  {
    operation: 'contact.work-city.get',
    method: ({ contact }) => contact.v3.workCity.get,
    said: () => ({ path: { work_city_id: 'w-shanghai' } }),
    data: { work_city: { name: '上海办公室' } },
  },
  {
    operation: 'contact.employee-type-enum.list',
    method: ({ contact }) => contact.v3.employeeTypeEnum.list,
    said: () => ({ params: { page_size: 100 } }),
    data: { items: ['1', '2', '3', '4', '5'].map((enum_value) => ({ enum_value, enum_type: 1, enum_status: 1 })) },
  },
  {
    operation: 'contact.employee-type-enum.create',
    method: ({ contact }) => contact.v3.employeeTypeEnum.create,
    said: () => ({ data: { content: '志愿者', enum_type: 2, enum_status: 1 } }),
    data: { employee_type_enum: { content: '志愿者', enum_value: '6', enum_type: 2, enum_status: 1 } },
    keeps: ['type', 'employee_type_enum.enum_id'],
  },
  {
    operation: 'contact.employee-type-enum.update',
    method: ({ contact }) => contact.v3.employeeTypeEnum.update,
    said: (known) => ({
      path: { enum_id: known['type'] ?? '' },
      data: { content: '志工', enum_type: 2, enum_status: 2, i18n_content: [{ locale: 'en_us', value: 'Volunteer' }] },
    }),
    data: { employee_type_enum: { content: '志工', enum_value: '6', enum_status: 2 } },
  },
  {
    operation: 'contact.employee-type-enum.delete',
    method: ({ contact }) => contact.v3.employeeTypeEnum.delete,
    said: (known) => ({ path: { enum_id: known['type'] ?? '' } }),
    data: {},
  },
  {
    operation: 'contact.custom-attr.list',
    method: ({ contact }) => contact.v3.customAttr.list,
    said: () => ({}),
    data: {
      items: [
        { id: 'C-1000001', type: 'TEXT' },
        { id: 'C-1000002', type: 'TEXT' },
        { id: 'C-1000003', type: 'ENUMERATION', options: { option_type: 'TEXT', options: [{ id: 's' }, {}, {}, {}] } },
      ],
    },
  },
  {
    operation: 'contact.scope.list',
    method: ({ contact }) => contact.v3.scope.list,
    said: () => ({ params: { ...contactIds, page_size: 100 } }),
    data: {
      department_ids: ['rd', 'product', 'sales', 'marketing', 'hr', 'finance', 'legal', 'office'],
      group_ids: [],
      has_more: false,
    },
  },
  {
    operation: 'mdm.country-region.list',
    method: ({ mdm }) => mdm.v3.countryRegion.list,
    said: () => ({
      params: { languages: ['zh-CN', 'en-US'], fields: ['name', 'alpha_3_code'], limit: 1, return_count: true },
    }),
    data: { data: [{ mdm_code: 'MDM34234234', alpha_3_code: 'CHN', name: { value: '中国' } }], total: '2' },
  },
  {
    operation: 'tenant.assign-info-list.query',
    method: ({ tenant }) => tenant.v2.tenantProductAssignInfo.query,
    said: () => ({}),
    data: { assign_info_list: [] },
  },
];
