import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import { isMember } from '../model/member-status.ts';
import { DIALECT, type Caller } from './caller.ts';
import type { SignIn } from './sealed-grant.ts';

const USED = 'used-code';

/** Redeems a code, once: returns its member, or that it is no longer valid. `hash` is that of the code. */
export function* useGrant(
  { tenant, app }: Caller,
  { employee, expiresAt }: SignIn,
  hash: string,
  at: number,
): StoreTask<Decision<{ readonly member: Employee | null } | 'no longer good'>> {
  if ((yield* load('token', { hash })) !== null) return { answer: 'no longer good', effects: [] };
  let member: Employee | null = null;
  if (employee !== null) {
    member = (yield* load('employees-by-id', { tenant: tenant.number, ids: [employee] })).get(employee) ?? null;
    if (member === null || !isMember(member)) return { answer: 'no longer good', effects: [] };
  }
  const token = {
    hash,
    dialect: DIALECT,
    kind: USED,
    tenant: tenant.number,
    app: app.id,
    nonce: null,
    pairedHash: null,
    issuedAt: at,
    expiresAt,
  };
  return { answer: { member }, effects: [{ write: 'token', token }] };
}
