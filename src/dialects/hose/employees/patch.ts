import type { EmployeePatch } from '../../../directory/employees/employee-update.ts';
import { membershipsOf } from '../../../directory/employees/membership.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { withTranslation, withValue } from '../../../directory/text.ts';
import { changeForm } from './form.ts';
import type { Facts } from './rules.ts';
import { hoseOf, type HoseExtension } from '../protocol/wire.ts';

/** When a change came through the API, and by which app (own id). */
interface ApiCall {
  readonly at: number;
  readonly app: string;
}

/** What an update that passed every rule changes of the record. */
export function patchOf(facts: Facts, tenant: Tenant, call: ApiCall): EmployeePatch {
  const { employee, variant } = facts;
  const { patch, form } = changeForm(facts.form, employee, tenant, variant.replacesForm);
  const extensions = { hose: markedByApi(hoseOf(employee), form, call) };
  return Object.assign(plainPatch(facts, tenant.parts.secondLocale), patch, { extensions });
}

function plainPatch({ request, phone, departments, employee }: Facts, secondLocale: string): EmployeePatch {
  const { name, enName, nickName, code, cellphone, email, note } = request;
  const renamed = name === undefined ? employee.name : withValue(employee.name, name);
  const [byDefault, ...ids] = departments.flatMap(({ found }) => (typeof found === 'string' ? [] : found.id));
  const patch: { -readonly [Field in keyof EmployeePatch]: EmployeePatch[Field] } = {};
  patch.name = enName === undefined ? renamed : withTranslation(renamed, secondLocale, enName);
  if (nickName !== undefined) patch.alias = nickName;
  if (code !== undefined && code !== '') patch.jobNumber = code;
  if (cellphone === '') patch.mobile = null;
  else if (phone !== null && phone !== undefined) patch.mobile = phone;
  if (email !== undefined) patch.email = email;
  if (note !== undefined) patch.note = note;
  if (byDefault !== undefined) {
    patch.departments = membershipsOf(ids, employee.departments);
    patch.mainDepartment = ids.includes(byDefault) ? byDefault : (ids[0] ?? byDefault);
  }
  return patch;
}

/** A success through the API locks the record in Hose's own interface, whatever created it [seed]; contract 2.8. */
function markedByApi(before: HoseExtension, form: HoseExtension['form'], { at, app }: ApiCall): HoseExtension {
  const { pending, openUserid, certificates } = before;
  return {
    origin: 'api',
    edited: false,
    lastApiChange: { at, app },
    ...(form === undefined ? {} : { form }),
    ...(pending === undefined ? {} : { pending }),
    ...(openUserid === undefined ? {} : { openUserid }),
    ...(certificates === undefined ? {} : { certificates }),
  };
}
