import { changedFields, type Origin } from '../../src/directory/history/change.ts';
import { emptyEmployee, type Employee } from '../../src/directory/employees/employee.ts';
import { load, type Decision, type StoreTask, type TenantRewrite, type Store } from '../../src/directory/store.ts';
import { plainText } from '../../src/directory/text.ts';

const origin: Origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1_000 };

/** Makes a company `acme` with these people, or gives the one there is another setting, and its department that name; answers its number. */
export async function makeCompany(store: Store, people: readonly string[], strictness = 0): Promise<number> {
  const employees = people.map((id): Employee => emptyEmployee(id, plainText(id), 1));
  // eslint-disable-next-line require-yield -- everything is given
  await store.rewriteTenant('acme', function* (): StoreTask<TenantRewrite<void>> {
    return {
      answer: undefined,
      parts: {
        key: 'acme',
        name: 'Acme',
        state: 'in-use',
        secondLocale: 'en-US',
        names: { 'test.corp': 'acme' },
        departments: [
          {
            id: 'root',
            name: plainText(String(strictness)),
            parent: null,
            ids: {},
            code: '',
            enabled: true,
            external: false,
            order: 0,
            leaders: [],
            createdAt: 1,
            updatedAt: 1,
            extensions: {},
          },
        ],
        catalogs: [],
        customFields: [],
        apps: [{ id: 'app', dialect: 'test', key: 'app', secret: 'sha256:0:0', enabled: true, settings: {} }],
        settings: { test: { strictness } },
        createdAt: 1,
        updatedAt: 1,
      },
      employees: employees.map((after) => ({ before: null, after, fields: changedFields(null, after) })),
      accounts: [],
      origin,
    };
  });
  return (await store.tenantByKey('acme'))?.number ?? 0;
}

/** Gives someone an alias. */
export function rename(store: Store, tenant: number, id: string, alias: string): Promise<void> {
  return store.write(function* (): StoreTask<Decision<void>> {
    const before = (yield* load('employees-by-id', { tenant, ids: [id] })).get(id);
    if (before === undefined) throw new Error(`no employee ${id}`);
    const after = { ...before, alias };
    const fields = changedFields(before, after);
    return { answer: undefined, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
  });
}

/** The aliases that someone was given, newest first. */
export async function aliasesOf(store: Store, tenant: number, id: string): Promise<readonly unknown[]> {
  const changes = await store.read(() => load('history', { tenant, employee: id, limit: 100 }));
  return changes.flatMap(({ fields }) => (fields['alias'] === undefined ? [] : [fields['alias'][1]]));
}
