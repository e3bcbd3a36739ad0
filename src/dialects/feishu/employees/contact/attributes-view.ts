import type { CustomField, CustomValue, LinkValue, PhoneValue } from '../../../../directory/custom-field.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import type { LocalText } from '../../../../directory/text.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { fieldNamed, peopleIn } from '../../model/custom-fields.ts';
import { SPACE } from '../../model/ids.ts';
import { settingsOf } from '../../model/settings.ts';

/** One entry of `custom_attrs`. */
export interface CustomAttribute {
  readonly type: string;
  readonly id: string;
  readonly value: object;
}

/**
 * Returns the company's own fields as the contact API shows them; undefined while the API may not see any. Of several
 * people or options the first is returned. [contract feishu-contact.md 2.5]
 */
export function attributesOf(
  { custom }: Employee,
  tenant: Tenant,
  idOf: (employee: string) => string | undefined,
): readonly CustomAttribute[] | undefined {
  if (!settingsOf(tenant).custom_fields_api_enabled) return undefined;
  return Object.entries(custom).flatMap(([id, value]) => {
    const key = tenant.customFields.get(id)?.ids[SPACE.field];
    const known = key === undefined ? undefined : fieldNamed(tenant, key);
    if (key === undefined || known === undefined) return [];
    const shown = valueOf(known.field, value, idOf);
    return shown === null ? [] : [{ type: attributeTypeOf(known.field), id: key, value: shown }];
  });
}

/** The contact API's word for the type of a field. [contract feishu-contact.md 2.5] */
export function attributeTypeOf({ type, options }: CustomField): string {
  switch (type) {
    case 'link':
      return 'HREF';
    case 'choice':
    case 'choices':
      return options.some(({ picture }) => picture) ? 'PICTURE_ENUM' : 'ENUMERATION';
    case 'person':
    case 'people':
      return 'GENERIC_USER';
    default:
      return 'TEXT';
  }
}

function valueOf(
  field: CustomField,
  value: CustomValue,
  idOf: (employee: string) => string | undefined,
): object | null {
  switch (field.type) {
    case 'text':
      return { text: (value as LocalText).value };
    case 'phone':
      return { text: (value as PhoneValue).number };
    case 'link': {
      const { text, mobileUrl, desktopUrl } = value as LinkValue;
      return { text: text.value, url: mobileUrl, pc_url: desktopUrl };
    }
    case 'choice':
    case 'choices': {
      const [first] = value as readonly string[];
      const option = field.options.find(({ id }) => id === first);
      if (option === undefined) return null;
      const name = option.name.value;
      return option.picture
        ? { option_id: option.id, name, picture_url: '' }
        : { option_id: option.id, option_value: name };
    }
    default: {
      const [first = ''] = peopleIn(value);
      const id = idOf(first);
      return id === undefined ? null : { generic_user: { id, type: 1 } };
    }
  }
}
