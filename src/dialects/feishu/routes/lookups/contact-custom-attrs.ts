import type { CustomField } from '../../../../directory/custom-field.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import type { Route } from '../../../dialect.ts';
import { pageErrorReply } from '../../auth/guarded-route.ts';
import { LOOK_UP_CODES } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { SPACE } from '../../model/ids.ts';
import { readPageRequest, pageOf, serializePage, type PageLimits } from '../../protocol/list-paging.ts';
import { pagedList } from '../../protocol/query/query-paging.ts';
import { settingsOf } from '../../model/settings.ts';
import { translationsOf } from '../../protocol/localized-text.ts';

const OPERATION = 'contact.custom-attr.list';

const LIMITS: PageLimits = {
  usual: 20,
  most: 100,
  sizeInvalid: LOOK_UP_CODES.attributePageSize,
  tokenInvalid: LOOK_UP_CODES.attributePageToken,
};

/** The platform's word for a field's type; telephones have none and are returned as texts. [derived, contract 4.7] */
const WORD_OF_TYPE: Readonly<Partial<Record<CustomField['type'], string>>> = {
  text: 'TEXT',
  link: 'HREF',
  choice: 'ENUMERATION',
  choices: 'ENUMERATION',
  person: 'GENERIC_USER',
  people: 'GENERIC_USER',
  phone: 'TEXT',
};

/** 自定义用户字段 [public: contact/custom_attr/list] */
export const customAttrs: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/contact/v3/custom_attrs',
  answer: authenticated(OPERATION, async ({ call, caller, exchange }) => {
    const list = pagedList(caller, OPERATION);
    const wanted = readPageRequest(call.query, list, LIMITS);
    if (!('asked' in wanted)) return pageErrorReply(exchange, wanted);
    const page = pageOf(fieldsOf(caller.tenant), keyOf, list, wanted.asked);
    if (page === null) return errorReply(exchange, LOOK_UP_CODES.attributePageToken);
    return successReply(exchange, serializePage(page, shown));
  }),
};

/** While the API may not see custom fields, there are none. [public: contact/custom_attr/list] */
function fieldsOf(tenant: Tenant): readonly CustomField[] {
  if (!settingsOf(tenant).custom_fields_api_enabled) return [];
  return tenant.customFields.all.filter(
    (field) => field.enabled && keyOf(field) !== '' && WORD_OF_TYPE[field.type] !== undefined,
  );
}

function keyOf({ ids }: CustomField): string {
  return ids[SPACE.field] ?? '';
}

function shown(field: CustomField): object {
  const arePictures = field.options.some(({ picture }) => picture);
  const hasOptions = field.type === 'choice' || field.type === 'choices';
  return {
    id: keyOf(field),
    type: arePictures ? 'PICTURE_ENUM' : WORD_OF_TYPE[field.type],
    ...(hasOptions ? { options: serializeOptions(field, arePictures) } : {}),
    i18n_name: translationsOf(field.name),
  };
}

/** Options that can be chosen; fields have no default option here. */
function serializeOptions({ options }: CustomField, arePictures: boolean): object {
  return {
    default_option_id: '',
    option_type: arePictures ? 'PICTURE' : 'TEXT',
    options: options
      .filter(({ enabled }) => enabled)
      .map(({ id, name }) => ({ id, value: name.value, name: arePictures ? name.value : '' })),
  };
}
