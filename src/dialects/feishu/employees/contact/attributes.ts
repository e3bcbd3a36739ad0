import type { CustomField, CustomValue, LinkValue, PhoneValue } from '../../../../directory/custom-field.ts';
import { isInService, type Employee } from '../../../../directory/employees/employee.ts';
import type { UserProblem } from './errors.ts';
import type { LocalText } from '../../../../directory/text.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { fieldNamed, peopleIn } from '../../model/custom-fields.ts';
import { settingsOf } from '../../model/settings.ts';
import type { CustomAttributeGiven } from '../../protocol/contact/user-body.ts';
import { mergedText } from '../../protocol/localized-text.ts';
import type { ResolvedCustomField } from '../facts.ts';
import { attributeTypeOf } from './attributes-view.ts';

/** The values of the entries of `custom_attrs`, and the first problem among them. */
export interface DecodedAttributes {
  readonly fields: readonly ResolvedCustomField[];
  readonly problem: UserProblem | null;
}

const NONE: DecodedAttributes = { fields: [], problem: null };

/** Reads `custom_attrs`; while the API may not see custom fields, all are passed over. [contract feishu-contact.md 2.5] */
export function decodeAttributes(
  given: readonly CustomAttributeGiven[] | undefined,
  before: Employee,
  tenant: Tenant,
  people: ReadonlyMap<string, Employee>,
): DecodedAttributes {
  if (given === undefined || !settingsOf(tenant).custom_fields_api_enabled) return NONE;
  const fields: ResolvedCustomField[] = [];
  for (const entry of given) {
    const { id = '', type = '', value = {} } = entry;
    const missing = (subject: 'custom.id' | `custom.${Fault}`): DecodedAttributes => ({
      fields,
      problem: { kind: 'missing', subject },
    });
    if (id === '') return missing('custom.id');
    const known = fieldNamed(tenant, id);
    if (known === undefined || (type !== '' && type !== attributeTypeOf(known.field)))
      return { fields, problem: { kind: 'unknown', subject: 'custom.id', value: id } };
    const decoded = decode(known.field, value, before.custom[known.field.id], people);
    if (typeof decoded === 'string') return missing(`custom.${decoded}`);
    fields.push({ given: { key: id, type, value: {} }, field: known.field, value: decoded.value });
  }
  return { fields, problem: null };
}

/** Ids of people that the entries name. */
export function peopleInAttributes(given: readonly CustomAttributeGiven[] | undefined): readonly string[] {
  return (given ?? []).flatMap(({ value }) => {
    const id = value?.generic_user?.id ?? '';
    return id === '' ? [] : [id];
  });
}

type Fault = 'value' | 'text' | 'url';
/** Null takes the value away; undefined leaves it. */
type Decoded = { readonly value: CustomValue | null } | Fault;
type Value = NonNullable<CustomAttributeGiven['value']>;

const CLEARED: Decoded = { value: null };

function decode(
  field: CustomField,
  given: Value,
  before: CustomValue | undefined,
  people: ReadonlyMap<string, Employee>,
): Decoded {
  switch (field.type) {
    case 'text':
      if (given.text === undefined) return 'value';
      // The platform refuses an empty text as one that is not set; here it clears. [proposed, contract 2.5]
      if (given.text === '') return CLEARED;
      return { value: mergedText((before as LocalText | undefined) ?? null, { default_value: given.text }) };
    case 'phone':
      return decodePhone(given, before as PhoneValue | undefined);
    case 'link':
      return decodeLink(given, before as LinkValue | undefined);
    case 'choice':
    case 'choices':
      return decodeChoice(given, field, before as readonly string[] | undefined);
    default:
      return decodePerson(given, before, people);
  }
}

function decodePhone({ text }: Value, before: PhoneValue | undefined): Decoded {
  if (text === undefined) return 'value';
  if (text === '') return CLEARED;
  return { value: before?.number === text ? before : { number: text, extension: '' } };
}

const WEB_ADDRESS = /^https?:\/\/\S+$/i;

function decodeLink({ text = '', url = '', pc_url }: Value, before: LinkValue | undefined): Decoded {
  if (text === '' && url === '') return before === undefined ? 'text' : CLEARED;
  if (text === '') return 'text';
  const desktop = pc_url ?? url;
  if (!WEB_ADDRESS.test(url) || !WEB_ADDRESS.test(desktop)) return 'url';
  const words = mergedText(before?.text ?? null, { default_value: text });
  return { value: { text: words, mobileUrl: url, desktopUrl: desktop } };
}

/** Reads return the first of several options, so writing that one back keeps them all. */
function decodeChoice({ option_id: id }: Value, field: CustomField, before: readonly string[] = []): Decoded {
  if (id === undefined) return 'value';
  if (id === '') return CLEARED;
  if (before[0] === id) return { value: before };
  return field.options.some((option) => option.id === id && option.enabled) ? { value: [id] } : 'value';
}

function decodePerson(
  { generic_user }: Value,
  before: CustomValue | undefined,
  people: ReadonlyMap<string, Employee>,
): Decoded {
  const id = generic_user?.id;
  if (id === undefined) return 'value';
  if (id === '') return CLEARED;
  const person = people.get(id);
  if (person === undefined) return 'value';
  if (before !== undefined && peopleIn(before)[0] === person.id) return { value: before };
  return isInService(person) ? { value: [person.id] } : 'value';
}
