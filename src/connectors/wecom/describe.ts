import { describedFile, type DescribedTenant, type LiveTenant } from '../described.ts';

/** An app made before the platform withheld fields from new ones, so that the copy can be read whole. */
const APPS = {
  contact: { agentid: 1_000_001, secret: 'twin-contact-secret', kind: 'contact_sync' },
  hr: { agentid: 1_000_002, secret: 'twin-hr-secret', kind: 'self_built', hr_callable: true },
  reading: { agentid: 1_000_003, secret: 'twin-reading-secret', kind: 'self_built' },
} as const;
/** What apps made since 2022-06-20 do not get (contract wecom-more 0.3). */
const WITHHELD = ['mobile', 'email', 'gender'] as const;
const NAMES = ['contact', 'hr', 'reading'] as const;

/** Describes a live tenant as a company file, with its ids as they are there; members who left are unknown there, too. */
export function describe(tenant: LiveTenant): DescribedTenant {
  const { target, live, setup } = tenant;
  // An option has the number there by which a read names it.
  const options = setup.numbered.flatMap(({ field, options: names }) =>
    names.size === 0 ? [] : [[field, new Map(Array.from(names, ([number, name]) => [name, String(number)]))] as const],
  );
  const names = NAMES.filter((name) => target.secrets.has(name));
  const root = live.departments.find(({ parent }) => parent === null)?.id ?? '1';
  const range = { visible_range: { department_ids: [Number(root)] } };
  const isWithheld =
    live.people.length > 0 && live.people.every(({ values }) => WITHHELD.every((field) => values[field] === undefined));
  const section = {
    corpid: target.ids['corpid'],
    apps: names.map((name) =>
      name === 'contact' ? APPS[name] : { ...APPS[name], ...range, ...(isWithheld ? { sensitive_fields: false } : {}) },
    ),
  };
  const file = describedFile(
    {
      ...tenant,
      live: { ...live, people: live.people.filter(({ isInService }) => isInService) },
      setup: { ...setup, catalogs: { ...setup.catalogs, ...Object.fromEntries(options) } },
    },
    {
      section,
      ownId: (id) => id,
      department: (id) => ({ id: Number(id) }),
      person: ({ id }) => ({ userid: id }),
      entry: (id) => ({ option: Number(id) }),
      isOpen: true,
    },
    'wecom',
  );
  return {
    file,
    target,
    secrets: new Map(names.map((name) => [name, APPS[name].secret])),
    assumed: [
      'employees[].activation',
      'employees[].wecom.biz_mail_origin',
      'wecom.member_limit',
      'wecom.creator',
      'wecom.biz_mail_domain',
      'wecom.lock_mobile_when_active',
    ],
  };
}
