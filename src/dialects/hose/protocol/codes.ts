/**
 * A failure as Hose words it; the number is the HTTP status and is in the body once more (contract 1.4). Marks in the
 * tables: [seed] a page that was given, [public] a published page, [proposed] a choice of the contract.
 */
export interface HoseError {
  readonly status: number;
  readonly message: string;
}

/** The failures of staff, tokens and requests as a whole, with where each sentence comes from. */
export const staffErrors = {
  // The documented failures of the staff updates, verbatim [seed].

  nameMissing: { status: 400, message: '员工名称不能为空' },
  valueUnknown: (key: string) => ({ status: 400, message: `字段${key}不合法，没有找到对应的数据` }),
  fieldUnknown: (key: string) => ({ status: 400, message: `staffCustomForm中的${key}字段不属于员工自定义字段` }),
  departmentNotUnique: (field: string, code: string) => ({
    status: 400,
    message: `根据字段[${field}]的code[${code}]不能定位到唯一部门`,
  }),
  phoneRegistered: { status: 412, message: '此用户无法进行修改账户手机号，因修改的手机号在系统中已经注册' },
  /** In the 1.19 page only inside a comment; used for e-mail by choice of contract 2.5 [proposed]. */
  emailRegistered: { status: 400, message: '登录邮箱已被其他企业使用，由于安全问题，无法修改' },

  // Sentences of Hose's other pages [public], several of them applied here by choice of the contract (4.2) [proposed].

  /** getting-started/auth.md */
  credentialsWrong: { status: 403, message: '密钥无效' },
  /** corporation/get-all-staffs.md */
  unauthorised: { status: 403, message: '未授权' },
  /** history of flows/get-forms-sequences.md; for staff operations [proposed] */
  unlicensed: { status: 403, message: '未开通功能，无权访问' },
  /** As an integrator's public client reports for a tenant hosted on another platform [proposed] */
  embedded: { status: 403, message: '不允许调用此接口' },
  /** contacts/update-staffs-customFields.md; for update [proposed] */
  staffUnknown: { status: 400, message: '没有查到此员工信息' },
  /** dimensions/batch-creat-dimension-items.md; for update [proposed] */
  staffNotUnique: (code: string) => ({ status: 412, message: `根据code: [[${code}]]不能找到唯一的员工` }),
  /** corporation/update-staffs-code.md; for update [proposed] */
  staffLeft: { status: 400, message: '不可操作已离职的员工' },
  /** forms/get-customs-param.md; for update [proposed] */
  typeInvalid: { status: 412, message: 'type参数不合法' },
  /** contacts/add-staffs.md; for update [proposed] */
  departmentsMissing: { status: 403, message: '部门不能为空' },
  /** contacts/get-departments-idOrCode.md; for update [proposed] */
  departmentUnknown: { status: 400, message: '未找到对应部门' },
  /** contacts/add-staffs.md; for update [proposed] */
  phoneInvalid: { status: 400, message: '手机号格式不正确，只能包含数字和英文括号' },
  /** matrix/update-matrixRule-byId.md and five more; for staff operations [proposed] */
  badJson: { status: 412, message: 'JSON请求参数不正确' },
  /** v2.0/dimensions/get-dimension-items.md and corporation/update-staffs-code.md (`Entity`) */
  inputMissing: (name: string) => ({ status: 400, message: `输入存在错误:\n- 缺少${name}` }),
  /** dimensions/get-dimension-items-visibility.md; for every list [proposed] */
  countTooLarge: (limit: number) => ({ status: 400, message: `count参数不能大于${String(limit)}` }),
  /** corporation/get-staff-ids.md */
  conditionsMissing: { status: 400, message: '查询conditionIds不能为空' },
  /** recordLink/query-all-relation-items.md; for getStaffIds [proposed] */
  conditionsTooMany: { status: 412, message: '超过最大查询数量100！' },
  /** contacts/add-staffs.md */
  contactTaken: { status: 400, message: '新增员工数据库异常：该手机号/邮箱账号已被其他员工使用，请勿重复绑定' },
  /** contacts/add-staffs.md */
  newcomerDepartmentUnknown: { status: 400, message: '新增员工数据库异常：部门ID不存在' },
  /** contacts/add-staffs.md */
  externalPhoneMissing: { status: 400, message: '新增外部员工手机号不能为空' },
  /** contacts/add-staffs.md */
  useridTaken: { status: 400, message: '该账号已被其他员工使用，请勿重复绑定' },
  /** contacts/add-staffs.md */
  accountTaken: (userid: string) => ({
    status: 400,
    message: `新增员工数据库异常：Duplicate entry '${userid}' for key 'PRIMARY'`,
  }),
  /** contacts/batch-add-staffs.md */
  newcomersTaken: (value: string) => ({
    status: 400,
    message: `批量新增员工数据库异常：该userId已被绑定「${value}」，请勿重复绑定`,
  }),
  /** contacts/active-staffs.md */
  staffIdsInvalid: { status: 403, message: '无效的员工信息' },
  /** contacts/active-staffs.md */
  staffCodeUnknown: (code: string) => ({ status: 403, message: `根据工号（[${code}]）找不到员工` }),
  /** contacts/active-staffs.md */
  itemsPending: {
    status: 403,
    message: '抱歉无法移除，原因：\n1.有待审批或待支付的单据需要被移除人处理\n2.被移除人名下还存在待处理的单据',
  },
  /** v2.0/contacts/active-staffs.md */
  activeMissing: { status: 400, message: '输入存在错误:\n- 开启或是停用参数不能为空' },
  /** corporation/get-staff-backLog.md */
  backlogStaffUnknown: { status: 412, message: '未查找到此员工信息' },
  /** corporation/update-staffs-code.md */
  codeMissing: { status: 400, message: '员工编号code不允许为空' },
  /** corporation/update-staffs-code.md */
  codeInvalid: { status: 400, message: '员工编号只能包含汉字、数字、字母、@、-、_、.' },
  /** corporation/update-staffs-code.md */
  codeTaken: (name: string) => ({
    status: 412,
    message: `此工号已被姓名为${name}的员工占用，工号不允许重复，请检查`,
  }),
  /** contacts/auth-staffs.md; for getStaffIds [proposed] */
  queryTypeUnknown: { status: 400, message: '未知的type类型' },

  // Sentences that no page has (contract 9) [proposed].

  defaultOutside: { status: 400, message: '默认部门必须在所在部门中' },
  emailMissing: { status: 400, message: '邮箱不能为空' },
  emailInvalid: { status: 400, message: '邮箱格式不正确' },
  batchSize: { status: 400, message: '批量修改员工列表大小必须为1-100之间' },
  /** Words of a remark of contacts/add-staffs.md. */
  contactMissing: { status: 400, message: '手机号或邮箱必须至少填一个' },
  /** After the sentence of the batch update. */
  newcomersSize: { status: 400, message: '批量新增员工列表大小必须为1-100之间' },
  tooFrequent: { status: 429, message: '请求过于频繁，请稍后再试' },
  methodNotAllowed: { status: 405, message: 'Method Not Allowed' },
  notFound: { status: 404, message: '请求的接口不存在' },
  tooLarge: { status: 413, message: '请求内容过大' },
  busy: { status: 503, message: '服务繁忙，请稍后再试' },
  internal: { status: 500, message: '服务器内部错误' },
} as const satisfies Record<string, HoseError | ((...parts: never[]) => HoseError)>;

/** What the newer operation for tokens says, always with HTTP 200 [public: getting-started/authV3.md]. */
export const answersOfV3 = {
  done: { code: '200', msg: '操作成功' },
  credentialsWrong: { code: '403', msg: '密钥无效' },
  parametersMissing: { code: '500', msg: 'system error' },
} as const;
