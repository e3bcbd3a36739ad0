import type { CustomField, CustomValue, LinkValue } from '../../../directory/custom-field.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { plainText, withValue } from '../../../directory/text.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { customToRoster, rosterToCustom } from '../model/custom-fields.ts';
import { FIELD_ID } from '../model/ids.ts';
import { malformed, type Refusal } from '../protocol/errors.ts';
import { wrongParameter, wrongText } from '../protocol/value-errors.ts';
import { isLonger } from '../roster/values.ts';
import { setMembers, type MemberDraft } from './draft.ts';
import { MAX_ATTRIBUTES } from './external-profile-field.ts';

/*
 * `extattr`: fields of the company by name. `type` 0 is a text, `type` 1 a link; choices, numbers and dates are shown as
 * texts and not written. (wecom-more 3.5, ruling 19)
 */

const MAX_TEXT = 64;
const MAX_TITLE = 12;
const MAX_URL = 2_048;

/** Writes attributes by their names; unknown ones, and entries without a name, are ignored. [public: 90197; live: WxJava#1738] */
export function setAttributes(draft: MemberDraft, value: object): Refusal | null {
  const attrs = 'attrs' in value ? value.attrs : null;
  if (attrs === null || attrs === undefined) return null;
  if (!Array.isArray(attrs)) return wrongParameter('extattr', 'invalid extattr');
  if (attrs.length > MAX_ATTRIBUTES)
    return wrongParameter('extattr', `extattr.attrs exceed max size ${String(MAX_ATTRIBUTES)}`);
  for (const attr of attrs as readonly unknown[]) {
    if (!isObject(attr)) return wrongParameter('extattr', 'invalid extattr');
    const refusal = setAttribute(draft, attr);
    if (refusal !== null) return refusal;
  }
  return null;
}

function setAttribute(draft: MemberDraft, attr: Readonly<Record<string, unknown>>): Refusal | null {
  const { name, text, value: plain, web, type } = attr;
  if (typeof name !== 'string') return null;
  const field = draft.tenant.customFields.all.find(
    (one) => isWritten(one) && one.name.value === name && (typeof type !== 'number' || type === typeOf(one)),
  );
  const said = field?.type === 'link' ? linkSaid(web) : isObject(text) ? text['value'] : plain;
  if (field === undefined || said === undefined) {
    draft.given.push({ field: `extattr.attrs[${name}]`, ignored: 'the company has no such attribute of this type' });
    return null;
  }
  const before = draft.employee.custom[field.id];
  const written = field.type === 'link' ? linkOf(said, before) : textOf(field, said, before);
  if (written !== null && 'problem' in written) return written;
  const { [field.id]: _before, ...others } = draft.employee.custom;
  setMembers(draft, { custom: written === null ? others : { ...others, [field.id]: written.value } });
  draft.given.push({ field: `extattr.attrs[${name}]`, target: `custom.${field.id}` });
  return null;
}

function isWritten({ enabled, type, ids }: CustomField): boolean {
  return enabled && (type === 'text' || type === 'link') && ids[FIELD_ID] !== undefined;
}

function typeOf({ type }: CustomField): 0 | 1 {
  return type === 'link' ? 1 : 0;
}

/** The value to keep; null takes it away. */
type AttributeReading = { readonly value: CustomValue } | Refusal | null;

function textOf(field: CustomField, said: unknown, before: CustomValue | undefined): AttributeReading {
  if (typeof said !== 'string') return wrongParameter('extattr', 'field `extattr.text.value` expect type `string`');
  if (isLonger(said, MAX_TEXT)) return wrongText('extattr.text.value', said, MAX_TEXT);
  if (said === '') return null;
  const read = rosterToCustom(field, before, said);
  return 'kind' in read ? malformed(read, 'invalid extattr') : read;
}

function linkSaid(web: unknown): { readonly url: unknown; readonly title: unknown } | undefined {
  return isObject(web) ? { url: web['url'] ?? '', title: web['title'] ?? '' } : undefined;
}

function linkOf(said: unknown, before: CustomValue | undefined): AttributeReading {
  const { url, title } = said as { readonly url: unknown; readonly title: unknown };
  if (url === '' && title === '') return null;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || url.length > MAX_URL)
    return wrongParameter('extattr', 'invalid extattr.web.url');
  if (typeof title !== 'string' || title === '' || isLonger(title, MAX_TITLE))
    return wrongParameter('extattr', 'invalid extattr.web.title');
  const known = isLink(before) ? before : null;
  if (known !== null && known.text.value === title && known.desktopUrl === url) return { value: known };
  const text = known === null ? plainText(title) : withValue(known.text, title);
  return { value: { text, mobileUrl: url, desktopUrl: url } };
}

/** The attributes of a member, as they are shown. */
export function attributesOf(tenant: Tenant, employee: Employee): readonly object[] {
  return tenant.customFields.all.flatMap((field): object[] => {
    if (!field.enabled || field.ids[FIELD_ID] === undefined) return [];
    const kept = employee.custom[field.id];
    if (field.type === 'link')
      return isLink(kept)
        ? [{ type: 1, name: field.name.value, web: { url: kept.desktopUrl, title: kept.text.value } }]
        : [];
    const value = attributeText(field, kept);
    return value === '' ? [] : [{ type: 0, name: field.name.value, text: { value } }];
  });
}

function attributeText(field: CustomField, kept: CustomValue | undefined): string {
  const value = customToRoster(field, kept);
  if (typeof value === 'number') return field.options[value - 1]?.name.value ?? '';
  return typeof value === 'string' ? value : '';
}

function isLink(value: CustomValue | undefined): value is LinkValue {
  return isObject(value) && typeof value['desktopUrl'] === 'string' && isObject(value['text']);
}
