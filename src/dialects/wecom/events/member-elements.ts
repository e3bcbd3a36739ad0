import { isObject } from '../../../lib/json-equal.ts';
import type { JsonObject } from '../protocol/wire.ts';
import type { XmlElement } from './xml.ts';

/** How a member of 读取成员 is an element of an event, in the order of the platform's sample. (wecom-more 10.5) */
const ELEMENTS: readonly (readonly [
  member: string,
  element: string,
  kind: 'text' | 'number' | 'list' | 'attributes',
])[] = [
  ['name', 'Name', 'text'],
  ['department', 'Department', 'list'],
  ['main_department', 'MainDepartment', 'number'],
  ['is_leader_in_dept', 'IsLeaderInDept', 'list'],
  ['direct_leader', 'DirectLeader', 'list'],
  ['position', 'Position', 'text'],
  ['mobile', 'Mobile', 'number'],
  ['gender', 'Gender', 'number'],
  ['email', 'Email', 'text'],
  ['biz_mail', 'BizMail', 'text'],
  ['status', 'Status', 'number'],
  ['alias', 'Alias', 'text'],
  ['telephone', 'Telephone', 'text'],
  ['address', 'Address', 'text'],
  ['extattr', 'ExtAttr', 'attributes'],
];

/** Returns the elements of a member as shown, of some of its members only where those are named. */
export function memberElements(shown: JsonObject, only?: ReadonlySet<string>): readonly XmlElement[] {
  return ELEMENTS.flatMap(([member, element, kind]): readonly XmlElement[] => {
    if (only !== undefined && !only.has(member)) return [];
    const value = shown[member];
    // A member that was there before and is gone has an empty element, so that the receiver sees it is gone.
    if (value === undefined) return only === undefined ? [] : [[element, '']];
    return [kind === 'attributes' ? [element, attributeItems(value)] : [element, simple(value, kind)]];
  });
}

/** Returns the names of the members that have an element. */
export function memberNamesOfEvents(): readonly string[] {
  return ELEMENTS.map(([member]) => member);
}

function simple(value: unknown, kind: 'text' | 'number' | 'list'): string | number {
  if (kind === 'list') return Array.isArray(value) ? value.map(String).join(',') : '';
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  // Numbers are bare; a mobile with a code in front is none.
  return kind === 'number' && /^[0-9]{1,15}$/.test(text) ? Number(text) : text;
}

/** `<Item>` for each attribute: type 0 is text, type 1 a link. (wecom-more 10.5) */
function attributeItems(extattr: unknown): readonly XmlElement[] {
  const attrs: unknown = isObject(extattr) ? extattr['attrs'] : undefined;
  if (!Array.isArray(attrs)) return [];
  return attrs.filter(isObject).map((attribute): XmlElement => {
    const { name, type, text, web } = attribute;
    const head: readonly XmlElement[] = [
      ['Name', textOf(name)],
      ['Type', type === 1 ? 1 : 0],
    ];
    const value: XmlElement =
      type === 1
        ? [
            'Web',
            [
              ['Title', textOf(isObject(web) ? web['title'] : '')],
              ['Url', textOf(isObject(web) ? web['url'] : '')],
            ],
          ]
        : ['Text', [['Value', textOf(isObject(text) ? text['value'] : '')]]];
    return ['Item', [...head, value]];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
