/** A return code with the sentence in `errmsg`. */
export interface Errcode {
  readonly errcode: number;
  readonly errmsg: string;
  /** Seen live without hint, address and link after the sentence (wecom-more 2.2). */
  readonly bare?: true;
}

/**
 * Every return code of 全局错误码 that is answered here, each with its sentence.
 * https://developer.work.weixin.qq.com/document/path/90313 and wecom-more 1.6, 2.2 and 4, which say which sentences were
 * seen live and which are [proposed].
 */
export const errcodes = {
  ok: { errcode: 0, errmsg: 'ok' },
  /** 系统繁忙 */
  systemBusy: { errcode: -1, errmsg: 'system busy' },
  /** 不合法的secret参数 */
  invalidCredential: { errcode: 40001, errmsg: 'invalid credential' },
  /** 不合法的CorpID */
  invalidCorpid: { errcode: 40013, errmsg: 'invalid corpid' },
  /** 不合法的access_token */
  invalidAccessToken: { errcode: 40014, errmsg: 'invalid access_token', bare: true },
  /** 不合法的UserID */
  invalidUserid: { errcode: 40003, errmsg: 'invalid userid' },
  /** 不合法的UserID列表 */
  invalidUseridList: { errcode: 40031, errmsg: 'invalid userid list' },
  /** UserID列表长度超过上限 */
  tooManyUserids: { errcode: 40032, errmsg: 'userid list exceed limit' },
  /** 不合法的UserID列表: every entry of a removal */
  allUserlistInvalid: { errcode: 40031, errmsg: 'all list invalid', bare: true },
  /** 不合法的参数 of a list */
  invalidParameterList: { errcode: 40035, errmsg: 'invalid parameter' },
  /** 不合法的标签ID */
  invalidTag: { errcode: 40068, errmsg: 'invalid tagid' },
  /** 列表全部不合法, with the blank as seen */
  allListInvalid: { errcode: 40070, errmsg: 'all list invalid ', bare: true },
  /** 标签名已存在 */
  tagNameExisted: { errcode: 40071, errmsg: 'tagname existed' },
  /** 不合法的标签名字长度 */
  tagNameLength: { errcode: 40072, errmsg: 'invalid tagname length' },
  /** 标签个数超过上限 */
  tooManyTags: { errcode: 40126, errmsg: 'tag count exceed limit' },
  /** 标签成员个数超过上限 */
  tooManyTagNodes: { errcode: 81003, errmsg: 'tag node count exceed limit' },
  /** 无权限操作标签 */
  foreignTag: { errcode: 81011, errmsg: 'no privilege to operate tag' },
  /** 缺少参数: nothing was named */
  nothingNamed: { errcode: 40063, errmsg: 'parameter is empty' },
  /** 批量任务的jobid已过期 */
  jobExpired: { errcode: 40089, errmsg: 'jobid expired' },
  /** 导入文件存在不合法的内容 */
  invalidImportFile: { errcode: 40092, errmsg: 'invalid import file' },
  /** 批量导入将删除过多成员 */
  tooManyLeavers: { errcode: 45026, errmsg: 'too many users to be deleted' },
  /** 批量导入任务的文件中userid有重复 */
  useridTwice: { errcode: 302003, errmsg: 'duplicate userid in file' },
  /** 组织架构不合法 */
  noTree: { errcode: 302004, errmsg: 'invalid party tree' },
  /** 批量导入系统失败，请重新尝试导入 */
  importFailed: { errcode: 302005, errmsg: 'import failed, try again' },
  /** 批量导入任务的文件中partyid有重复 */
  departmentIdTwice: { errcode: 302006, errmsg: 'duplicate partyid in file' },
  /** 批量导入任务的文件中，同一个部门下有两个子部门名字一样 */
  departmentNameTwice: { errcode: 302007, errmsg: 'duplicate party name in file' },
  /** 正在执行批量导入任务 */
  importRunning: { errcode: 302008, errmsg: 'an import is running' },
  /** 不合法的jobid */
  invalidJobid: { errcode: 40088, errmsg: 'invalid jobid' },
  /** 不合法的media_id */
  invalidMediaId: { errcode: 40007, errmsg: 'invalid media_id' },
  /** 不合法的媒体文件类型 */
  invalidMediaType: { errcode: 40004, errmsg: 'invalid media type' },
  /** 缺少media_id参数 */
  mediaIdMissing: { errcode: 41006, errmsg: 'missing media_id' },
  /** 多媒体文件为空 */
  emptyMedia: { errcode: 44001, errmsg: 'empty media data' },
  /** 多媒体文件大小超过限制 */
  mediaTooLarge: { errcode: 45001, errmsg: 'media size out of limit' },
  /** 不合法的消息类型 */
  invalidMessageType: { errcode: 40008, errmsg: 'invalid message type' },
  /** 不合法的应用ID */
  invalidAgentid: { errcode: 40056, errmsg: 'invalid agentid' },
  /** 缺少agentid参数 */
  agentidMissing: { errcode: 41011, errmsg: 'missing agentid' },
  /** 消息撤回超时 */
  recallTooLate: { errcode: 42052, errmsg: 'message recall expired' },
  /** 文本消息content参数为空 */
  emptyContent: { errcode: 44004, errmsg: 'empty content' },
  /** 消息接收者全部无效 */
  allRecipientsInvalid: { errcode: 81013, errmsg: 'user & party & tag all invalid' },
  /** 消息接收者全部为空 */
  nobodyAddressed: { errcode: 82001, errmsg: 'All touser & toparty & totag invalid' },
  /** toparty个数超过上限 */
  tooManyParties: { errcode: 82002, errmsg: 'toparty list exceed limit' },
  /** totag个数超过上限 */
  tooManyTagsAddressed: { errcode: 82003, errmsg: 'totag list exceed limit' },
  /** 不允许操作其他应用 */
  foreignAgent: { errcode: 301002, errmsg: 'not allow operate another agent with this accesstoken.' },
  /** 不合法的oauth_code */
  invalidCode: { errcode: 40029, errmsg: 'invalid code' },
  /** 不合法的openid */
  invalidOpenid: { errcode: 40073, errmsg: 'invalid openid' },
  /** 缺少code参数 */
  codeMissing: { errcode: 41008, errmsg: 'missing code' },
  /** 需要成员绑定微信 */
  requireSubscribe: { errcode: 43004, errmsg: 'require subscribe' },
  /** 不存在的成员 */
  noSuchUser: { errcode: 46004, errmsg: 'user no exist' },
  /** redirect_uri未授权 */
  redirectUnauthorized: { errcode: 50001, errmsg: 'redirect_uri unauthorized' },
  /** 不合法的tfa_code; this sentence and those of the next three are made up. */
  invalidTfaCode: { errcode: 40207, errmsg: 'invalid tfa_code' },
  /** 成员不在二次验证范围 */
  tfaNotForMember: { errcode: 40208, errmsg: 'user not in the range of two-factor authentication' },
  /** 域名与二次验证的不一致 */
  tfaOtherDomain: { errcode: 40209, errmsg: 'domain of the tfa_code not match' },
  /** 未配置二次验证的url */
  tfaNotConfigured: { errcode: 40210, errmsg: 'two-factor authentication url not set' },
  /** 缺少user_ticket参数 */
  ticketMissing: { errcode: 84090, errmsg: 'missing user_ticket' },
  /** user_ticket无效 */
  invalidTicket: { errcode: 84015, errmsg: 'invalid user_ticket' },
  /** user_ticket已过期 */
  ticketExpired: { errcode: 84014, errmsg: 'user_ticket expired' },
  /** 不合法的参数 */
  invalidParameter: { errcode: 40058, errmsg: 'invalid Request Parameter' },
  /** 缺少access_token参数 */
  accessTokenMissing: { errcode: 41001, errmsg: 'access_token missing' },
  /** 缺少corpid参数 */
  corpidMissing: { errcode: 41002, errmsg: 'corpid missing' },
  /** 缺少secret参数 */
  corpsecretMissing: { errcode: 41004, errmsg: 'corpsecret missing' },
  /** 缺少userid参数 */
  useridMissing: { errcode: 41009, errmsg: 'missing userid' },
  /** 不合法的部门列表 */
  invalidPartyList: { errcode: 40066, errmsg: 'invalid party list' },
  /** access_token已过期 */
  accessTokenExpired: { errcode: 42001, errmsg: 'access_token expired' },
  /** 接口调用超过限制 */
  apiFreqOutOfLimit: { errcode: 45009, errmsg: 'api freq out of limit' },
  /** 接口并发调用超过限制 */
  tooManyAtOnce: { errcode: 45033, errmsg: 'api concurrent out of limit' },
  /** API接口无权限调用 */
  apiForbidden: { errcode: 48002, errmsg: 'api forbidden' },
  /** 新增的地址不能读取通讯录 (96079) */
  contactReadingStopped: { errcode: 48009, errmsg: 'api forbidden for contact assistant' },
  /** 应用已禁用 */
  agentDisabled: { errcode: 50003, errmsg: 'agent disabled' },
  /** 部门长度不符合限制 */
  departmentNameLength: { errcode: 60001, errmsg: 'department invalid length' },
  /** 部门ID不存在 */
  departmentNotFound: { errcode: 60003, errmsg: 'department not found' },
  /** 不合法的父部门id */
  invalidParent: { errcode: 60124, errmsg: 'invalid parent party id' },
  /** 父部门不存在 */
  parentNotFound: { errcode: 60004, errmsg: 'parent department not found' },
  /** 部门下存在成员 */
  departmentHasMembers: { errcode: 60005, errmsg: 'department contains user' },
  /** 部门下存在子部门 */
  departmentHasChildren: { errcode: 60006, errmsg: 'department contains sub-department' },
  /** 不允许删除根部门 */
  rootStays: { errcode: 60007, errmsg: 'cannot delete root department' },
  /** 部门已存在 */
  departmentExisted: { errcode: 60008, errmsg: 'department existed' },
  /** 部门名称含有非法字符 */
  departmentNameCharacters: { errcode: 60009, errmsg: 'department name include invalid char' },
  /** 部门存在循环关系 */
  departmentLoop: { errcode: 60010, errmsg: 'invalid parent, department loop' },
  /** 指定的成员/部门/标签参数无权限 */
  noPrivilege: { errcode: 60011, errmsg: 'no privilege to access/modify contact/party/agent' },
  /** 不安全的访问IP */
  addressNotAllowed: { errcode: 60020, errmsg: 'not allow to access from your ip' },
  /** UserID已存在 */
  useridExisted: { errcode: 60102, errmsg: 'userid existed' },
  /** 手机号码不合法 */
  invalidMobile: { errcode: 60103, errmsg: 'invalid mobile' },
  /** 手机号码已存在 */
  mobileExisted: { errcode: 60104, errmsg: 'mobile existed', bare: true },
  /** 邮箱不合法 */
  invalidEmail: { errcode: 60105, errmsg: 'invalid email' },
  /** 邮箱已存在 */
  emailExisted: { errcode: 60106, errmsg: 'email existed', bare: true },
  /** 用户所属部门个数超过上限 */
  tooManyDepartments: { errcode: 60110, errmsg: 'user department count exceed limit' },
  /** UserID不存在 */
  useridNotFound: { errcode: 60111, errmsg: 'userid not found' },
  /** 成员姓名不合法 */
  invalidName: { errcode: 60112, errmsg: 'invalid name' },
  /** 无效的部门id */
  invalidDepartment: { errcode: 60123, errmsg: 'invalid party id' },
  /** 手机和邮箱不能同时为空 */
  noContact: { errcode: 60129, errmsg: 'missing mobile or email' },
  /** is_leader_in_dept和department字段元素个数不一致 */
  leaderCountDiffers: { errcode: 60132, errmsg: 'is_leader_in_dept and department differ in size' },
  /** 企业邮箱不合法 */
  invalidBizMail: { errcode: 60143, errmsg: 'invalid biz_mail' },
  /** 企业邮箱已存在 */
  bizMailExisted: { errcode: 60145, errmsg: 'biz_mail existed' },
  /** 企业邮箱不允许修改 */
  bizMailFixed: { errcode: 60144, errmsg: 'biz_mail not allowed to be modified' },
  /** 不合法的企业邮箱别名：成员没有企业邮箱 */
  aliasWithoutMail: { errcode: 60272, errmsg: 'biz_mail_alias without biz_mail' },
  /** 企业邮箱别名个数超过上限 */
  tooManyAliases: { errcode: 60273, errmsg: 'biz_mail_alias count exceed limit' },
  /** 企业邮箱别名不合法 */
  invalidAlias: { errcode: 60271, errmsg: 'invalid biz_mail_alias' },
  /** 企业邮箱别名已存在 */
  aliasExisted: { errcode: 60270, errmsg: 'biz_mail_alias existed' },
  /** 直属上级个数超过上限 */
  tooManyLeaders: { errcode: 60257, errmsg: 'direct_leader count exceed limit' },
  /** 企业成员数超过上限 */
  tooManyMembers: { errcode: 45024, errmsg: 'user count exceed limit' },
  /** 返回数据超过上限 */
  replyTooLarge: { errcode: 45029, errmsg: 'reply size exceed limit' },
  /** 分页查询的游标无效 */
  invalidCursor: { errcode: 50100, errmsg: 'invalid cursor' },
  /** 部门个数超过上限 */
  tooManyDepartmentsInAll: { errcode: 81001, errmsg: 'department count exceed limit' },
  /** 部门层级超过上限 */
  departmentTooDeep: { errcode: 81002, errmsg: 'department level exceed limit' },
  /** 不允许删除创建者 */
  creatorStays: { errcode: 301005, errmsg: 'cannot delete creator' },
  /** 企业已被解散或禁用；no sentence is published. */
  corpDisabled: { errcode: 301007, errmsg: 'corp disabled' },
  /** 职位不合法 */
  invalidPosition: { errcode: 301012, errmsg: 'invalid position' },
  /** 座机不合法 */
  invalidTelephone: { errcode: 301013, errmsg: 'invalid telephone' },
  /** 英文名不合法 */
  invalidEnglishName: { errcode: 301014, errmsg: 'invalid english_name' },
  /** 不允许更新该用户的userid */
  useridFixed: { errcode: 301036, errmsg: 'userid cannot be changed' },
} as const satisfies Readonly<Record<string, Errcode>>;

/** 结果类型对照表: what became of one item of an update. [seed] */
export const result = {
  /** 成功 */
  success: 1,
  /** 失败 */
  failure: 2,
  /** 未找到的字段id/字段下标 */
  notFound: 3,
  /** 必填字段未填写/被清空 */
  mustBeFilled: 4,
  /** 不支持更新的字段类型 */
  notUpdatable: 5,
} as const;

/** One of the five results. */
export type Result = (typeof result)[keyof typeof result];

/** `result` of a field that was read: the same numbers, the fifth with another meaning. https://developer.work.weixin.qq.com/document/path/99132 */
export const readResult = { success: 1, notFound: 3, notGettable: 5 } as const;

/** `field_type` of 获取员工字段配置. https://developer.work.weixin.qq.com/document/path/99131 */
export const fieldType = { text: 1, option: 2, time: 3, picture: 4, file: 5, files: 6 } as const;

/** `value_type`, read with the seed's 字段值类型对照表; a file has no value key there. */
export const valueType = { string: 1, uint64: 2, uint32: 3, int64: 4, phone: 5, file: 6 } as const;

/** One of the six value types. */
export type ValueType = (typeof valueType)[keyof typeof valueType];

/** 可重复字段组列表 [seed]; these numbers are not the `group_id` of 获取员工字段配置. */
export const groupType = { education: 1, work: 2, family: 3, emergency: 4, contract: 5 } as const;

/** 不支持更新字段表 [seed]: by id, whatever the fields are called. */
export const forbiddenField = { age: 11006, yearsOfWork: 11012, status: 12004 } as const;

/** `status` of a member. https://developer.work.weixin.qq.com/document/path/90196 */
export const memberStatus = { activated: 1, disabled: 2, notActivated: 4, left: 5 } as const;
