import Type from 'typebox';
import { load, type Store } from '../../../directory/store.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { deepEqual, isObject } from '../../../lib/json-equal.ts';
import { JsonList } from '../../../lib/turns.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { authenticated, readBody } from '../auth/guarded-route.ts';
import { malformedBody, refusalReply } from '../auth/structure-refusal.ts';
import { hoseOfDepartment, showDepartment } from '../departments/view.ts';
import { showForm } from '../employees/form.ts';
import { isActive, showStaff } from '../employees/view.ts';
import { V1, V11 } from '../protocol/api-paths.ts';
import { answer, answerWith } from '../protocol/errors.ts';
import { further } from '../protocol/further-codes.ts';
import { accountsOf } from './staff-list.ts';

/* Internal operations of Hose's: who and what has all these values in its form (hose-more 4). */

const FormBody = Type.Record(Type.String(), Type.Unknown());

type Form = Readonly<Record<string, unknown>>;

function readForm(call: Call): { readonly wanted: Form } | { readonly reply: Reply } {
  const body = readBody(call);
  if ('reply' in body) return body;
  if (!isObject(body.value)) return { reply: refusalReply(malformedBody) };
  if (Object.keys(body.value).length > 0) return { wanted: body.value };
  return { reply: refusalReply({ problem: { kind: 'missing', subject: 'form' }, failure: further.formMissing }) };
}

function fits(form: Form | null, wanted: Form): boolean {
  return form !== null && Object.entries(wanted).every(([key, value]) => deepEqual(form[key] ?? null, value));
}

/** Active staff only [public: inside/get-staffs-staffCustom.md]. */
async function staffs({ tenant }: Caller, call: Call, { store }: DialectContext): Promise<Reply> {
  const read = readForm(call);
  if ('reply' in read) return read.reply;
  const { wanted } = read;
  const list = new JsonList();
  for await (const people of everyone(store, tenant.number)) {
    const found = people.filter((one) => isActive(one) && fits(showForm(one, tenant), wanted));
    const accounts = await store.read(() => accountsOf(found));
    await list.add(found, (one) => showStaff(one, accounts.get(one.account ?? ''), tenant));
  }
  return answerWith(list.between('{"items":', '}'));
}

/** So many are read at one time, so that others are answered in between. */
const BATCH_SIZE = 100;

async function* everyone(store: Store, tenant: number): AsyncIterable<readonly Employee[]> {
  for (let after = 0; ;) {
    const from = after;
    const piece = await store.read(() => load('employees-from', { tenant, after: from, limit: BATCH_SIZE }));
    yield piece.map(({ employee }) => employee);
    if (piece.length < BATCH_SIZE) return;
    after = piece.at(-1)?.place ?? after;
  }
}

/** Active departments, as in every look-up of them [proposed]. */
function departments({ tenant }: Caller, call: Call): Reply {
  const read = readForm(call);
  if ('reply' in read) return read.reply;
  const { wanted } = read;
  const found = tenant.departments.all.filter((one) => one.enabled && fits(hoseOfDepartment(one).form ?? null, wanted));
  return answer({ items: found.map((one) => showDepartment(one, tenant, true)) });
}

/** Queries by the values of forms. */
export const formQueryRoutes: readonly Route[] = [
  {
    operation: 'staffs.staffCustom',
    method: 'POST',
    path: `${V11}/staffs/staffCustom`,
    body: FormBody,
    answer: authenticated('general-directory', staffs),
  },
  {
    operation: 'departments.departmentCustom',
    method: 'POST',
    path: `${V1}/departments/departmentCustom`,
    body: FormBody,
    answer: authenticated('general-directory', departments),
  },
];
