import type { Words } from '../connector.ts';
import type { WrittenField } from '../writing.ts';

/** The field that a code is about, and what a person can do. */
export interface Refusal {
  readonly field?: WrittenField;
  readonly remedy: Words;
}

const about = (field: WrittenField, en: string, zh: string): Refusal => ({ field, remedy: { en, zh } });
const other = (en: string, zh: string): Refusal => ({ remedy: { en, zh } });

const TAKEN = (field: WrittenField, en: string, zh: string): Refusal =>
  about(
    field,
    `Somebody in service has this ${en}: change it, or match the person.`,
    `该${zh}已被在职员工使用：请修改或匹配已有员工。`,
  );
const TOO_LONG = (field: WrittenField, en: string, zh: string): Refusal =>
  about(field, `Shorten the ${en}: 64 characters at most.`, `请缩短${zh}，最多 64 个字符。`);
const SEATS = other(
  'No seat is left in the contract: buy seats, or let somebody leave.',
  '席位不足：请增购席位或办理离职。',
);
const RANGE = other(
  'Widen 通讯录权限范围 of the app: the person, and departments before and after, must be in it.',
  '请扩大应用的通讯录权限范围：须包含该员工及其变更前后的部门。',
);

/** What Feishu refuses a write with (contract feishu 3, 4.2, 4.3, 4.8). */
export const refusals: Readonly<Record<string, Refusal>> = {
  2221164: TOO_LONG('name', 'name', '姓名'),
  2221165: TOO_LONG('englishName', 'English name', '英文名'),
  2221166: TOO_LONG('alias', 'alias', '别名'),
  2221109: about('name', 'A word in the names is not allowed there.', '姓名包含敏感词，请修改。'),
  2221106: about('mobile', 'Correct the mobile in the directory.', '请在名册中更正手机号。'),
  2221103: TAKEN('mobile', 'mobile', '手机号'),
  2221113: about('mobile', 'One of mobile and mail must stay.', '手机号与邮箱不能同时为空。'),
  2221114: about(
    'mobile',
    'A mainland company needs the mobile: it cannot be cleared.',
    '中国大陆企业的手机号不可清空。',
  ),
  2221156: about(
    'mobile',
    'The member verified this mobile: only the member changes it.',
    '成员已验证手机号，只能由本人修改。',
  ),
  2221175: about('mobile', 'Certify the company, or use a mainland number.', '请完成企业认证，或使用 +86 手机号。'),
  2221176: about('mobile', 'A foreign mobile needs a mail address beside it.', '非 +86 手机号须同时填写邮箱。'),
  2221107: about('email', 'Correct the mail address in the directory.', '请在名册中更正邮箱。'),
  2221104: TAKEN('email', 'mail address', '邮箱'),
  2221146: about('enterpriseEmail', 'Shorten the address: 255 characters at most.', '企业邮箱过长，最多 255 个字符。'),
  2221278: about('enterpriseEmail', 'Correct the enterprise mail in the directory.', '请在名册中更正企业邮箱。'),
  2221126: about(
    'enterpriseEmail',
    'Open the mail service and the domain on the admin pages.',
    '请在管理后台开通邮箱服务与域名。',
  ),
  2221147: about(
    'enterpriseEmail',
    'Delete the address from the recycle bin on the admin pages.',
    '请在管理后台的邮箱回收站彻底删除该地址。',
  ),
  2221118: about(
    'enterpriseEmail',
    'Somebody has this address or alias: choose another.',
    '该企业邮箱或别名已被占用，请更换。',
  ),
  2221129: about('department', 'A person needs a department.', '员工至少须有一个部门。'),
  2221181: about(
    'department',
    'The department is not there: deliver it first, or link it again.',
    '部门不存在：请先同步部门或重新关联。',
  ),
  2221292: about(
    'department',
    'The department is disabled: enable it, or choose another.',
    '部门已停用：请启用或更换部门。',
  ),
  2221255: about('mainDepartment', 'The main department must have the greatest weight.', '主部门须排在首位。'),
  2221125: about('department', 'The department is full: make another.', '部门人数已达上限。'),
  2221141: about('department', 'The edition has one department a person.', '当前版本不支持加入多个部门。'),
  2221239: about(
    'leader',
    'The leaders would form a loop: correct them in the directory.',
    '上级关系成环，请在名册中更正。',
  ),
  2221216: other('The country is not in the list of the platform.', '国家或地区不在平台列表中。'),
  2221217: about('workPlace', 'Make the place on the admin pages, or enable it.', '请在管理后台新建或启用工作地点。'),
  2221240: TAKEN('jobNumber', 'job number', '工号'),
  2221191: about('extensionNumber', 'An extension has digits and signs only.', '分机号只能包含数字与符号。'),
  2221192: about(
    'extensionNumber',
    'Somebody has this extension, maybe one who left.',
    '分机号重复，可能被离职员工占用。',
  ),
  2221193: about('extensionNumber', 'Shorten the extension: 99 characters at most.', '分机号最多 99 个字符。'),
  2221210: about(
    'joinDate',
    'Correct the date, which must not be after the last day.',
    '请更正入职日期，且不得晚于离职日期。',
  ),
  2221144: about('employmentType', 'Make the employee type on the admin pages.', '请在管理后台新建人员类型。'),
  2221145: about('employmentType', 'Activate the employee type on the admin pages.', '请在管理后台启用人员类型。'),
  2221223: about('jobTitle', 'Make the title on the admin pages, or enable it.', '请在管理后台新建或启用职务。'),
  2221242: other(
    'Check the field and its type, and switch on 允许开放平台 API 调用.',
    '请核对自定义字段及类型，并开启“允许开放平台 API 调用”。',
  ),
  2221115: other(
    'The id is taken: look whether the person was made already, and match.',
    '员工 ID 已存在：请确认是否已创建并进行匹配。',
  ),
  2221116: other('The id must have 1 to 64 characters and no blank.', '员工 ID 须为 1–64 个字符且不含空格。'),
  2221182: about('frozen', 'The founder of the company cannot be frozen.', '企业创建人不可冻结。'),
  2221183: other('The founder of the company cannot leave.', '企业创建人不可离职。'),
  2221246: other(
    'The person is no longer in service there: look, and count it as done.',
    '该员工已非在职状态：请核对后视为完成。',
  ),
  2221269: other(
    'Somebody in service has the id, mobile or mail by now.',
    '员工 ID、手机号或邮箱已被其他在职员工使用。',
  ),
  2221268: other('Ask Feishu to allow the company to restore people.', '企业未开通恢复离职成员能力，请联系飞书。'),
  2221275: other(
    'The edition does not restore people: make the person again.',
    '当前版本不支持恢复离职成员，请重新创建。',
  ),
  2221123: other('The person refused to join, and cannot be restored.', '该成员曾拒绝加入企业，无法恢复。'),
  2221140: about('department', 'The department is full: make another.', '部门人数已达上限。'),
  2221111: SEATS,
  2221112: SEATS,
  2221253: SEATS,
  2221271: SEATS,
  2221272: SEATS,
  2221273: SEATS,
  2221274: SEATS,
  2221252: other(
    'The company sells seats by contract: a new person needs one named.',
    '混合许可企业创建成员须指定席位。',
  ),
  2221254: other('The seat is unknown, or its contract ended.', '席位无效或已到期。'),
  2224001: other('The edition must be 商业专业版 or above.', '企业版本须为商业专业版及以上。'),
  2224002: RANGE,
  2224003: RANGE,
  41050: RANGE,
  40004: RANGE,
  99992360: other('The person is not there: look, and match again.', '该员工不存在，请重新读取并匹配。'),
  99992351: other('The person is not there: look, and match again.', '该员工不存在，请重新读取并匹配。'),
  99992357: other('The department is not there: look, and match again.', '部门不存在，请重新读取并匹配。'),
  2221306: other('The department id is taken: look whether it was made already.', '部门 ID 已存在：请确认是否已创建。'),
  2221309: about('parent', 'The department above is not there: deliver it first.', '上级部门不存在，请先同步。'),
  2221311: about(
    'name',
    'A department beside it has the name: match it, or rename.',
    '同级已有同名部门：请匹配或改名。',
  ),
  2221319: about(
    'name',
    'A department beside it has the name: match it, or rename.',
    '同级已有同名部门：请匹配或改名。',
  ),
  2221333: about('name', 'A name of a department has no "/".', '部门名称不能包含“/”。'),
  2221312: about('parent', 'Departments are 25 levels deep at most.', '部门层级最多 25 级。'),
  2221317: about('parent', 'A department has 1,000 others right below it at most.', '直属下级部门最多 1000 个。'),
  2221332: other('Move its people to another department first.', '请先将该部门成员移至其他部门。'),
  2221348: other('Move or remove the departments below it first.', '请先移走或删除下级部门。'),
  2221352: about('parent', 'The department above is disabled: enable it.', '上级部门已停用，请先启用。'),
};
