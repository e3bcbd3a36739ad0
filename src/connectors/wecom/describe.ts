import { describedFile, type DescribedTenant, type LiveTenant } from '../described.ts';

/** An app made before the platform withheld fields from new ones, so that the copy can be read whole. */
const APPS = {
  contact: { agentid: 1_000_001, secret: 'twin-contact-secret', kind: 'contact_sync' },
  hr: { agentid: 1_000_002, secret: 'twin-hr-secret', kind: 'self_built', hr_callable: true },
  reading: { agentid: 1_000_003, secret: 'twin-reading-secret', kind: 'self_built' },
} as const;
const NAMES = ['contact', 'hr', 'reading'] as const;

/** Describes a live tenant as a company file, with its ids as they are there; members who left are unknown there, too. */
export function describe(tenant: LiveTenant): DescribedTenant {
  const { target, live } = tenant;
  const names = NAMES.filter((name) => target.secrets.has(name));
  const root = live.departments.find(({ parent }) => parent === null)?.id ?? '1';
  const range = { visible_range: { department_ids: [Number(root)] } };
  const section = {
    corpid: target.ids['corpid'],
    apps: names.map((name) => (name === 'contact' ? APPS[name] : { ...APPS[name], ...range })),
  };
  const file = describedFile(
    { ...tenant, live: { ...live, people: live.people.filter(({ isInService }) => isInService) } },
    {
      section,
      ownId: (id) => id,
      department: (id) => ({ id: Number(id) }),
      person: ({ id }) => ({ userid: id }),
      entry: (id) => ({ option: Number(id) }),
    },
    'wecom',
  );
  return {
    file,
    target,
    secrets: new Map(names.map((name) => [name, APPS[name].secret])),
    assumed: ['employees[].activation', 'employees[].wecom.biz_mail_origin', 'wecom.member_limit'],
  };
}
