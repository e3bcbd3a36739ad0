import {
  describedFile,
  hasForeignMobile,
  valuesIn,
  type DescribedTenant,
  type FileObject,
  type LiveTenant,
} from '../described.ts';
import { textOf } from '../texts.ts';

const SECRET = 'twin-app-secret';
/** An id that no one has: who founded the tenant was not read, and who happens to be first did not. */
const NOT_READ = 'twin-founder';

const ANY_DAY = 36_500;

/** Describes a live tenant as a company file, with its ids as they are there. */
export function describe(tenant: LiveTenant): DescribedTenant {
  const { target, setup } = tenant;
  const values = valuesIn(tenant);
  const appId = target.ids['app_id'] ?? '';
  const isOpenId = setup.personId === 'open_id';
  const domains = new Set(
    values.flatMap(({ enterpriseEmail }) =>
      typeof enterpriseEmail === 'string' ? [enterpriseEmail.slice(enterpriseEmail.lastIndexOf('@') + 1)] : [],
    ),
  );
  const section = {
    plan: 'business_flagship',
    certified: hasForeignMobile(values),
    certified_seat_limit: null,
    mail_service_enabled: domains.size > 0,
    mail_domains: [...domains].map((domain) => ({ domain, enabled: true })),
    rate_limit_enabled: false,
    // Where the day is not known on which someone left, a return is taken to be possible.
    ...(tenant.live.people.some(({ isInService, leftOn }) => !isInService && leftOn === undefined)
      ? { resurrect_days: ANY_DAY }
      : {}),
    ...foundersOf(tenant),
    apps: [{ app_id: appId, app_secret: SECRET }],
  };
  const file = describedFile(
    tenant,
    {
      section,
      ownId: (id) => id,
      department: (id) => (id === '0' ? {} : { open_department_id: id }),
      person: ({ id }) => (isOpenId ? { open_ids: { [appId]: id } } : { employee_id: id }),
      entry: (id) => ({ id }),
      customField: (name) => ({ field_key: textOf(name) }),
    },
    'feishu',
  );
  return {
    file,
    target,
    secrets: new Map([['app_secret', SECRET]]),
    assumed: [
      'feishu.mail_domains',
      'feishu.plan',
      'feishu.certified',
      'feishu.custom_fields_api_enabled',
      'feishu.apps[].scopes',
      'feishu.billing_seat_limit',
      'feishu.sensitive_words',
      'feishu.founder',
      'employees[].account',
      'employees[].feishu.mobile_verified',
    ],
  };
}

/**
 * Names the founder, who cannot be frozen or leave. A read shows who may do everything (contract feishu 4.6), which the
 * founder is one of: of a single one it is known, of several it is not.
 */
function foundersOf({ live: { people } }: LiveTenant): FileObject {
  const [first, ...others] = people.flatMap(({ id, isSuperAdmin }) => (isSuperAdmin === true ? [id] : []));
  if (first === undefined) return { founder: NOT_READ };
  if (others.length === 0) return { founder: first };
  return {
    founder: NOT_READ,
    administrators: [first, ...others].map((employee) => ({ employee, super: true })),
  };
}
