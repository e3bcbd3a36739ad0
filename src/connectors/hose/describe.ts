import { describedFile, type DescribedTenant, type LiveTenant } from '../described.ts';

const SECRET = 'twin-app-security';

/** Describes a live tenant as a company file, with its ids as they are there. */
export function describe(tenant: LiveTenant): DescribedTenant {
  const { target, live, setup } = tenant;
  const corporation = corporationOf(tenant);
  const prefix = `${corporation}:`;
  const section = {
    corporation_id: corporation,
    built_in_fields: {
      postType: setup.off?.has('jobTitle') !== true,
      rankType: setup.off?.has('jobLevel') !== true,
    },
    apps: [{ app_key: target.ids['app_key'], app_security: SECRET }],
  };
  const file = describedFile(
    tenant,
    {
      section,
      ownId: (id) => (id.startsWith(prefix) ? id.slice(prefix.length) : id),
      department: (id) => ({ id }),
      person: ({ id }) => ({ id, origin: 'api' }),
      entry: (id) => ({ id }),
      customField: (name) => ({ name }),
    },
    'hose',
  );
  return {
    file,
    target,
    secrets: new Map([['app_security', SECRET]]),
    assumed: [
      'hose.seats',
      'hose.sync_rules',
      'employees[].account',
      ...(live.people.length > 0 ? ['employees[].hose.origin', 'employees[].hose.user_id'] : []),
    ],
  };
}

/** Returns the corporation's id, with which the ids of people and departments begin (contract hose 2.1). */
function corporationOf({ live }: LiveTenant): string {
  const [first] = [...live.people, ...live.departments].flatMap(({ id }) => (id.includes(':') ? [id] : []));
  return first?.split(':', 1)[0] ?? 'twin';
}
