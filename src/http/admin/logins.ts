import type { Call, DialectContext, Reply, Route } from '../../dialects/dialect.ts';
import { reservesIdentifiers, type AccountWithMemberships } from '../../directory/auth/account.ts';
import { normalizeEmail } from '../../directory/lookup.ts';
import { load, loadAll, type Store, type StoreTask } from '../../directory/store.ts';
import type { LoginLine, LoginList } from './contract.ts';
import { json, problem } from './reply.ts';

/** Returns who holds a login, which explains why a platform says that one is taken. */
export const loginsRoute: Route = {
  operation: 'logins.find',
  method: 'GET',
  path: '/mingce/v1/logins',
  answer: find,
};

/** The most companies of one login in an answer. */
export const MAX_STAFF = 1_000;

/** What a login can be found by, and how that is asked. */
const BY = { mobile: 'mobile', email: 'email', account: 'id' } as const;

const NOT_FOR_READERS = problem(
  403,
  'The read-only key is not shown mobiles and mail addresses, so it finds no login by one; give the parameter account.',
  { code: 'read-only' },
);

async function find({ query, isReader }: Call, { store }: DialectContext): Promise<Reply> {
  const given = (Object.keys(BY) as (keyof typeof BY)[]).filter((name) => query.has(name));
  const [name] = given;
  if (name === undefined || given.length > 1) {
    return problem(400, 'Give one of the parameters mobile (as in +8613800000000), email and account.');
  }
  if (isReader === true && name !== 'account') return NOT_FOR_READERS;
  const text = query.get(name) ?? '';
  if (name === 'mobile' && !/^(?:\+[0-9]{1,32}|1[0-9]{10})$/.test(text)) {
    return problem(400, 'The parameter mobile is + (in a query %2B) and digits, or a bare number of mainland China.');
  }
  const value =
    name === 'email' ? normalizeEmail(text) : name === 'mobile' && !text.startsWith('+') ? `+86${text}` : text;
  const by = BY[name];
  // An id is one of all realms; an identifier is looked for in each.
  const realms = by === 'id' ? [''] : await realmsIn(store);
  const logins = await store.read(function* (): StoreTask<readonly LoginLine[]> {
    const lines: LoginLine[] = [];
    const found = yield* loadAll(
      'accounts-by',
      realms.map((realm) => ({ by, values: [value], realm })),
    );
    for (const account of found.flatMap((accounts) => [...accounts.values()])) lines.push(yield* lineOf(account));
    return lines;
  });
  return json(200, { logins } satisfies LoginList);
}

/** The realms of all companies; the first is that of those that name none. */
async function realmsIn(store: Store): Promise<readonly string[]> {
  const realms = new Set(['']);
  for (const key of await store.tenantKeys()) {
    const { loginRealm } = (await store.tenantByKey(key))?.parts ?? {};
    if (loginRealm !== undefined) realms.add(loginRealm);
  }
  return [...realms];
}

function* lineOf(account: AccountWithMemberships): StoreTask<LoginLine> {
  const staff: LoginLine['staff'][number][] = [];
  for (const { tenant: number, employee: id } of account.memberships.slice(0, MAX_STAFF)) {
    const tenant = yield* load('tenant', { number });
    const employee = (yield* load('employees-by-id', { tenant: number, ids: [id] })).get(id);
    if (tenant === null || employee === undefined) continue;
    const { key, parts } = tenant;
    staff.push({ company: key, state: parts.state, employee: id, status: employee.status });
  }
  const { id, mobile, email, realm = null } = account;
  return { account: id, realm, mobile, email, held: reservesIdentifiers(account), staff };
}
