import type { Words } from '../connector.ts';
import type { WrittenField } from '../writing.ts';

/** The field that a code is about, and what a person can do. */
export interface Refusal {
  readonly field?: WrittenField;
  readonly remedy: Words;
}

const about = (field: WrittenField, en: string, zh: string): Refusal => ({ field, remedy: { en, zh } });
const other = (en: string, zh: string): Refusal => ({ remedy: { en, zh } });

const NO_DEPARTMENT = about(
  'department',
  'The department is not there: deliver it first, or link it again.',
  '部门不存在：请先同步部门或重新关联。',
);

/** What WeCom refuses a write with (contract wecom 4.4; wecom-more 3 and 4). */
export const refusals: Readonly<Record<string, Refusal>> = {
  40003: other(
    'A userid has letters, digits and _-@. and begins with a letter or digit.',
    '成员 UserID 只能由字母、数字与 _-@. 组成，且以字母或数字开头。',
  ),
  40066: about('department', 'A member needs a department.', '成员至少须有一个部门。'),
  45024: other(
    'The company has as many members as it may have: ask WeCom for more.',
    '成员数已达上限，请联系企业微信扩容。',
  ),
  60102: other(
    'The userid is taken: look whether the person was made already, and match.',
    'UserID 已存在：请确认是否已创建并进行匹配。',
  ),
  60103: about('mobile', 'Correct the mobile in the directory.', '请在名册中更正手机号。'),
  60104: about(
    'mobile',
    'Somebody there has the mobile: change it, or match the person.',
    '手机号已被占用：请修改或匹配已有成员。',
  ),
  60105: about('email', 'Correct the mail address in the directory.', '请在名册中更正邮箱。'),
  60106: about(
    'email',
    'Somebody there has the mail address: change it, or match the person.',
    '邮箱已被占用：请修改或匹配已有成员。',
  ),
  60110: about('department', 'A member has 100 departments at most.', '成员所属部门过多。'),
  60112: about('name', 'A name has 1 to 64 characters.', '姓名须为 1–64 个字符。'),
  60129: about('mobile', 'One of mobile and mail must stay.', '手机号与邮箱不能同时为空。'),
  60132: about('department', 'Each department needs a mark of leadership.', '部门与负责人标记数量不一致。'),
  60143: about('enterpriseEmail', 'Correct the company mail in the directory.', '请在名册中更正企业邮箱。'),
  60144: about(
    'enterpriseEmail',
    'The mailbox can be changed once, or only on the admin pages.',
    '企业邮箱仅可修改一次，或只能在管理后台修改。',
  ),
  60145: about('enterpriseEmail', 'Somebody has this mailbox: choose another.', '该企业邮箱已被占用，请更换。'),
  60257: about('leader', 'A member has one leader at most.', '直属上级最多一名。'),
  301005: other('The creator of the company cannot leave.', '企业创建者不可删除。'),
  301012: about('jobTitle', 'A title has 128 characters at most.', '职务最多 128 个字符。'),
  301014: about(
    'englishName',
    'An English name has letters, digits and . - _ only.',
    '英文名只能包含字母、数字与 . - _。',
  ),
  301036: other('The userid was chosen, so it cannot be changed.', '该 UserID 不可修改。'),
  60123: NO_DEPARTMENT,
  60003: NO_DEPARTMENT,
  60001: about('name', 'A department has a name of 1 to 64 characters.', '部门名称须为 1–64 个字符。'),
  60009: about('name', 'A name of a department has none of \\ : ? * < > |', '部门名称不能包含 \\ : ? * < > |'),
  60008: other(
    'A department there has the name or number: match it, or rename.',
    '部门名称或编号已存在：请匹配或改名。',
  ),
  60004: about('parent', 'The department above is not there: deliver it first.', '上级部门不存在，请先同步。'),
  60124: about('parent', 'The department above is not there: deliver it first.', '上级部门不存在，请先同步。'),
  60010: about('parent', 'A department cannot be moved below itself.', '部门不能移到自身之下。'),
  60005: other('Move its members to another department first.', '请先将该部门成员移至其他部门。'),
  60006: other('Move or remove the departments below it first.', '请先移走或删除下级部门。'),
  60007: other('The root department cannot be removed.', '根部门不可删除。'),
  81001: other('The company has as many departments as it may have.', '部门数已达上限。'),
  81002: about('parent', 'Departments are 15 levels deep at most.', '部门层级最多 15 级。'),
};
