import type { HoseError } from './codes.ts';

/** The sentences of Hose's pages on certificates, logins and queries by fields, verbatim [public]. */
export const further = {
  /** contacts/get-certificate-byStaffId.md, contacts/update-certificate-byStaffId.md */
  certificateStaffUnknown: { status: 412, message: '未查找到此员工信息' },
  /** contacts/update-certificate-byStaffId.md */
  certificateNumberWrong: { status: 412, message: '证件号码格式错误' },
  /** contacts/update-certificate-byStaffId.md */
  certificateNumberMissing: { status: 412, message: '证件号码不能为空' },
  /** contacts/update-certificate-byStaffId.md; of an unknown type [proposed] */
  certificateTypeMissing: { status: 412, message: '证件类型不能为空' },
  /** tools/staffs-clearInfo.md: 412 here, 400 for getStaffIds */
  conditionsMissing: { status: 412, message: '查询conditionIds不能为空' },
  /** inside/get-staffs-staffCustom.md, inside/get-departments-deptCustom.md */
  formMissing: { status: 400, message: '查询参数不能为空' },
  /** inside/update-staffs-phone.md */
  phoneUsedElsewhere: { status: 400, message: '登录手机号已被其他企业使用，由于安全问题，无法修改' },
  /** inside/update-staffs-phone.md */
  secretWrong: { status: 403, message: '不允许访问' },
  /** A query of getOpenUserId, as that of getStaffIds (hose-more 9.1) [proposed]. */
  idsMissing: { status: 400, message: '查询ids不能为空' },
  /** The old host’s token, optional [public: getting-started/platform-auth.md]. */
  realmUnknown: { status: 400, message: 'realm not found' },
  realmSecretWrong: { status: 400, message: 'ak sk not match' },
} as const satisfies Record<string, HoseError>;

/** What HTTP 200 says of an app’s token that is not given [public: getting-started/auth-getAppAccessToken.md]. */
export const appTokenFailures = {
  unknown: { code: '500', message: '应用不存在' },
  secretWrong: { code: '500', message: '应用鉴权失败' },
} as const;

/** What HTTP 200 says of an address that is not given: of more than seven days [public: getting-started/temp-auth.md], else [proposed]. */
export const provisionalFailures = {
  tooLong: 'expireDate最多只能指定7天内的秒数！',
  nobody: 'uid和userId不能同时为空',
  staffUnknown: '没有查到此员工信息',
  pageUnknown: 'pageType参数不合法',
  timeWrong: 'expireDate参数不合法',
  noMall: '未开通商城',
  missing: (key: string) => `${key}不能为空`,
  /** getting-started/temp-auth.md, of an address that is over */
  over: '临时访问地址已过期，请重新获取访问临时授权',
} as const;
