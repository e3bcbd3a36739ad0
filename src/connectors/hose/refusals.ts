import type { Words } from '../connector.ts';

/** What a person can do about a refused write. Hose has no codes: its messages are what callers go by (contract 1.4, 4). */
const REMEDIES: readonly (readonly [RegExp, Words])[] = [
  [
    /^此用户无法进行修改账户手机号|^登录(手机号|邮箱)已被其他企业使用/,
    {
      en: 'The login belongs to a corporation that is in use; add the person there as a new one, or let the contact alone change.',
      zh: '该登录账号已属于其他在用企业；请通过新增员工加入，或仅修改联系方式。',
    },
  ],
  [
    /^没有查到此员工信息|^无效的员工信息|^不可操作已离职的员工/,
    {
      en: 'The person left there, or the link is wrong: read and match again.',
      zh: '该员工已离职或关联有误，请重新读取并匹配。',
    },
  ],
  [
    /不合法，没有找到对应的数据$/,
    { en: 'Make the entry in the archive, or switch it on again.', zh: '请在档案中新建或启用对应的档案项。' },
  ],
  [
    /不属于员工自定义字段$/,
    { en: 'Make the field for staff there, or switch it on.', zh: '请在合思新建或启用该员工自定义字段。' },
  ],
  [
    /^部门不能为空|^未找到对应部门|不能定位到唯一部门$|部门ID不存在$/,
    {
      en: 'Deliver the department first, or link it again: it is not there, or switched off.',
      zh: '部门不存在或已停用，请先同步部门或重新关联。',
    },
  ],
  [
    /已被其他员工使用|^批量新增员工数据库异常|Duplicate entry/,
    {
      en: 'Somebody there has the mobile, mail or id: match the person instead of making one.',
      zh: '手机号、邮箱或 userid 已被占用：请匹配已有员工，而非新增。',
    },
  ],
  [/^手机号格式不正确/, { en: 'Correct the mobile in the directory.', zh: '请在名册中更正手机号。' }],
  [/^邮箱格式不正确|^邮箱不能为空/, { en: 'Correct the mail address in the directory.', zh: '请在名册中更正邮箱。' }],
  [
    /^抱歉无法移除/,
    {
      en: 'The person has items to approve or to pay: hand them over there first.',
      zh: '该员工名下仍有待办，请先在合思移交。',
    },
  ],
  [
    /^该部门在同级有相同的部门名称|^该部门编码/,
    {
      en: 'A department there has the name or code: match it instead of making one.',
      zh: '同级已有同名或同编码部门：请匹配已有部门。',
    },
  ],
  [
    /^要停用部门下的员工/,
    { en: 'Move its people to another department first.', zh: '请先将该部门下的员工移至其他部门。' },
  ],
];

/** Returns what a person can do about a message. */
export function remedyOf(message: string): Words | undefined {
  return REMEDIES.find(([pattern]) => pattern.test(message))?.[1];
}
