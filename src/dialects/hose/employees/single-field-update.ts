import type { Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../directory/employees/employee-update.ts';
import { LoginIndex } from '../../../directory/auth/logins.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { fieldResults, type RequestField } from '../../../directory/verdict.ts';
import type { UpdateVariant } from './api-version.ts';
import { changeForm, readForm } from './form.ts';
import { spaces } from '../model/ids.ts';
import { firstRefusal } from '../../rule.ts';
import { formFieldsKnown, formValuesKnown, staffFound, staffUnique, type Refusal } from './rules.ts';
import { isActive } from './view.ts';
import { refuseUpdate, updatedStaff, type Updated } from './update.ts';
import { givenOfForm } from './verdicts.ts';
import { hoseOf } from '../protocol/wire.ts';

/*
 * The two operations of the general directory that change one staff: they do not lock the record in Hose's own
 * interface, and employees edited by hand are changed too (contract 2.8) [inferred].
 */

/** What such an operation changes of somebody, or why it does not. */
type Change = { readonly patch: EmployeePatch; readonly given: readonly RequestField[] } | Refusal;

function* changeOne(
  staff: string,
  by: UpdateVariant['by'],
  number: number,
  origin: Origin,
  changeOf: (employee: Employee, tenant: Tenant) => Change | StoreTask<Change>,
): StoreTask<Decision<Updated>> {
  const tenant = yield* load('tenant', { number });
  if (tenant === null) return refuseUpdate({ field: 'accessToken', problem: { kind: 'forbidden', subject: 'token' } });
  const space = by === 'code' ? 'job-number' : (`id:${spaces.staff}` as const);
  const found = (yield* load('employees-by', { tenant: number, space, values: [staff] })).get(staff) ?? [];
  const before = by === 'code' ? staffUnique(found, staff) : staffFound(found, staff);
  if ('problem' in before) return refuseUpdate(before);
  const asked = changeOf(before, tenant);
  const change = Symbol.iterator in asked ? yield* asked : asked;
  if ('problem' in change) return refuseUpdate(change, before.id);
  // A success always moves updateTime [proposed].
  const { after, fields } = updateEmployee(before, change.patch, origin.at, { touch: true });
  const ids = before.account === null ? [] : [before.account];
  const logins = yield* LoginIndex.load({ tenant, ids, mobiles: [], emails: [] });
  const verdicts = fieldResults(change.given, before, after);
  return {
    answer: { tenant, records: [{ employee: before.id, verdicts }], staffs: updatedStaff(after, logins) },
    effects: [{ write: 'employee', tenant: number, before, after, fields, origin }],
  };
}

/** 更新员工自定义字段: merges what is sent into the form. */
export function changeCustomFields(
  staff: string,
  sent: Readonly<Record<string, unknown>>,
  variant: UpdateVariant,
  number: number,
  origin: Origin,
): StoreTask<Decision<Updated>> {
  return changeOne(staff, variant.by, number, origin, (employee, tenant): Change => {
    const form = readForm(sent, tenant, variant.by);
    const refusal = firstRefusal({ form, variant }, [formFieldsKnown, formValuesKnown]);
    if (refusal !== null) {
      // Here the form is the body itself.
      const field = refusal.field.replace(/^staffCustomForm\./, '');
      return { ...refusal, field };
    }
    const { patch, form: kept } = changeForm(form, employee, tenant, false);
    const extensions = kept === undefined ? undefined : { hose: { ...hoseOf(employee), form: kept } };
    return {
      patch: extensions === undefined ? patch : { ...patch, extensions },
      given: form.map((entry) => givenOfForm(entry, '')),
    };
  });
}

/** 修改员工工号: characters and uniqueness count here, unlike in an update [public: corporation/update-staffs-code.md]. */
export function changeCode(staff: string, code: string, number: number, origin: Origin): StoreTask<Decision<Updated>> {
  return changeOne(staff, 'id', number, origin, (employee) => codeChange(employee, code, number));
}

function* codeChange(employee: Employee, code: string, tenant: number): StoreTask<Change> {
  const field = 'code';
  if (!/^[\p{Script=Han}0-9A-Za-z@_.-]+$/u.test(code))
    return { field, problem: { kind: 'invalid', subject: 'jobNumber' } };
  const carriers = (yield* load('employees-by', { tenant, space: 'job-number', values: [code] })).get(code) ?? [];
  // An employee who left is not visible in the system any more, and the code is free [proposed].
  const other = carriers.find((one) => one.id !== employee.id && isActive(one));
  if (other !== undefined) return { field, problem: { kind: 'taken', subject: 'jobNumber', value: other.name.value } };
  return { patch: { jobNumber: code }, given: [{ field, target: 'jobNumber' }] };
}
