import { YAML_SENTENCES } from './yaml-messages-zh.ts';

/** The Chinese sentence for each English one about a company file; `$1` is what the first group found. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^no such member$/, '没有这个字段'],
  [/^must be one of: (.*)$/, '必须是以下之一：$1'],
  [/^lacks (.*)$/, '缺少 $1'],
  [/^must be string$/, '必须是字符串'],
  [/^must be integer$/, '必须是整数'],
  [/^must be number$/, '必须是数字'],
  [/^must be boolean$/, '必须是 true 或 false'],
  [/^must be array$/, '必须是列表'],
  [/^must be object$/, '必须是对象'],
  [/^must be null$/, '必须为空（null）'],
  [/^must be equal to (.*)$/, '必须等于 $1'],
  [/^must have the form (.+?)(?:: .*)?$/s, '格式须符合 $1'],
  [/^must match format "(.*)"$/, '格式须为 $1'],
  [/^must not have fewer than (\d+) characters$/, '至少 $1 个字符'],
  [/^must not have more than (\d+) characters$/, '最多 $1 个字符'],
  [/^must not have fewer than (\d+) items$/, '至少 $1 项'],
  [/^must not have more than (\d+) items$/, '最多 $1 项'],
  [/^must be >= (.*)$/, '不能小于 $1'],
  [/^must be <= (.*)$/, '不能大于 $1'],
  [/^members must be unique: (.*)$/, '字段重复：$1'],
  [/^more than (\d+) anchors and aliases$/, '锚点和别名超过 $1 个'],
  [/^text with NUL or half of a surrogate pair cannot be kept$/, '文本含有 NUL 或不完整的代理对，无法保存'],
  [/^is no company: a file begins with mingce: 1, key and name$/, '不是公司文件：开头应有 mingce: 1、key 和 name'],
  [/^is missing: it names the company$/, '缺少公司标识'],
  [/^is (\S+), but the company asked for is (\S+)$/, '文件中是 $1，请求的公司是 $2'],
  [/^(.*) belongs to another company$/, '$1 已属于另一家公司'],
  [/^and (\d+) more mistakes$/, '另有 $1 处错误'],
  [/^(?:no department has the id (.*?)(?: here)?)$/, '没有 id 为 $1 的部门'],
  [/^no tag has the id (.*)$/, '没有 id 为 $1 的标签'],
  [/^no employee has the id (.*)$/, '没有 id 为 $1 的员工'],
  [/^no employee has the userid (.*)$/, '没有 userid 为 $1 的员工'],
  [/^no entry of this list has the id (.*)$/, '该列表中没有 id 为 $1 的条目'],
  [/^the list has no entry (.*)$/, '该列表中没有条目 $1'],
  [/^no custom field has this id$/, '没有这个 id 的自定义字段'],
  [/^this file has no list (.*)$/, '文件中没有列表 $1'],
  [/^a reference needs a catalog to point into$/, '引用类型的字段需要用 catalog 指定列表'],
  [/^is the id of an earlier (?:department|entry|field|employee)$/, '与前面某一项的 id 重复'],
  [/^has the id of an earlier app$/, '与前面某个应用的 id 重复'],
  [/^has the key of an earlier app$/, '与前面某个应用的标识重复'],
  [/^has the same (\S+) as (\S+): (.*)$/, '与 $2 的 $1 相同：$3'],
  [/^has the (\S+) of an earlier entry: (.*)$/, '与前面某个条目的 $1 相同：$2'],
  [/^needs its secret$/, '缺少密钥'],
  [
    /^needs exactly one department without parent, the root; here are (\d+)$/,
    '必须恰好有一个没有 parent 的根部门，现有 $1 个',
  ],
  [
    /^needs exactly one department without parent, the root; here are (\d+): (.*)$/,
    '必须恰好有一个没有 parent 的根部门，现有 $1 个：$2',
  ],
  [/^is its own ancestor$/, '上级关系成环'],
  [/^an account is one person; an earlier employee has it$/, '一个账号只对应一个人，前面的员工已使用它'],
  [/^is what an earlier employee logs in with$/, '前面的员工已用它登录'],
  [/^is not one of the departments$/, '不在该员工的部门之中'],
  [/^would report to themselves$/, '汇报关系成环'],
  [/^is not a day of the calendar$/, '日历上没有这一天'],
  [/^has an unknown country calling code/, '国际区号未知；请在区号后加空格，例如 "+852 61234567"'],
  [/^is neither an address nor a CIDR range$/, '既不是 IP 地址，也不是 CIDR 网段'],
  [/^is no value of a field of type (.*)$/, '不是 $1 类型字段的值'],
  [/^(\S+) has no fields of type (.*)$/, '$1 没有 $2 类型的字段'],
  [
    /^its login mobile or mail belongs to another account/,
    '登录手机号或邮箱属于另一家使用中公司的账号；请写明该账号的 id，或更换登录方式',
  ],
  [
    /^the secret of (\S+) is published with Mingce/,
    '$1 的密钥是公开的演示密钥，而其他机器可以访问本服务；请更换为自己的密钥',
  ],
  [/^is the mobile of (.*), too$/, '与 $1 的手机号相同'],
  [/^is theirs at (.*), too: only one can have the say$/, '在 $1 也设为 theirs：只能以一个平台为准'],
  [/^cannot be read: (.*)$/s, '无法读取：不是有效的 YAML 或 JSON（$1）'],
  [/^no anchor before it has the name (.*)$/, '前面没有名为 $1 的锚点'],
  [
    /^has several documents, with --- between; a company file is one$/,
    '文件含多个以 --- 分隔的文档，公司文件只能有一个',
  ],
  [/^merge keys are not followed; write the members themselves$/, '不支持合并键 <<，请直接写出各字段'],
  [/^is the (id) of an earlier option$/, '与前面某个选项的 $1 重复'],
  [/^is the (group_id|group_type) of an earlier group$/, '与前面某个字段组的 $1 重复'],
  [/^is the (fieldid) of an earlier field$/, '与前面某个字段的 $1 重复'],
  [/^an earlier field stands for the same attribute$/, '前面的字段已对应同一个属性'],
  [/^a field of a repeatable group stands for no attribute$/, '可重复字段组的字段不能对应属性'],
  [/^does not go with field_type (\d+)$/, '与 field_type $1 不匹配'],
  [/^is there exactly when field_type is 2$/, '当且仅当 field_type 为 2 时填写'],
  [/^nobody could fill in a field that is not updatable$/, '不可更新的字段无法填写，不能设为必填'],
  [/^(\S+) cannot be said in value_type (\d+)$/, '$1 不能用 value_type $2 表示'],
  [/^is the fieldid of a field of the roster, which knows no links$/, '与花名册字段的 fieldid 重复，而花名册没有链接'],
  [/^a field of type (\S+) has no place in the roster$/, '花名册没有 $1 类型的字段'],
  [/^a field of a repeatable group cannot be tied to one value$/, '可重复字段组的字段不能对应单个值'],
  [/^stands for (\S+) already$/, '已对应 $1'],
  [/^the roster declares it with other types than (\S+)$/, '花名册中声明的类型与 $1 不同'],
  [/^is the (id) of an earlier role$/, '与前面某个角色的 $1 重复'],
  [/^is the name of another role$/, '与另一个角色同名'],
  [/^no group has the id (.*)$/, '没有 id 为 $1 的角色组'],
  [/^there is no scope (.*)$/, '没有 $1 这样的角色范围'],
  [/^belongs to a role of departments or of a dimension$/, '只用于部门角色或维度角色'],
  [/^nothing there has the id (.*)$/, '该范围内没有 id 为 $1 的项'],
  [/^Hose has fields of type (.*) only, not (\S+)$/, '合思没有 $2 类型的字段'],
  [
    /^Feishu has pictures as the options of one choice only, all or none$/,
    '飞书仅单选字段的选项可用图片，且须全部使用或全部不用',
  ],
  [/^(\d+) is an earlier type's$/, '$1 已被前面的类型使用'],
  [/^is no mail address$/, '不是有效的邮箱地址'],
];

/** The Chinese words for what a value may have to be. */
const KINDS: Readonly<Record<string, string>> = {
  string: '字符串',
  integer: '整数',
  number: '数字',
  boolean: ' true 或 false',
  array: '列表',
  object: '对象',
  null: '空（null）',
};
/** What says of a value that its text needs quotes. */
const UNQUOTED = ': write it in quotes';

/** Returns the Chinese sentence for an English one; undefined where there is none. */
export function messageZh(message: string): string | undefined {
  if (message.endsWith(UNQUOTED)) return `${messageZh(message.slice(0, -UNQUOTED.length)) ?? ''}，请加引号`;
  const forms = /^must be ((?:\w+|".*?")(?: or (?:\w+|".*?"))+)$/.exec(message)?.[1];
  if (forms !== undefined)
    return `必须是${forms
      .split(' or ')
      .map((form) => KINDS[form] ?? ` ${form} `)
      .join('或')}`;
  for (const [sentence, chinese] of [...SENTENCES, ...YAML_SENTENCES])
    if (sentence.test(message)) return message.replace(sentence, chinese);
  return undefined;
}
