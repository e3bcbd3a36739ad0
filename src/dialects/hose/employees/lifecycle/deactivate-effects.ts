import { changedFields, type Origin } from '../../../../directory/history/change.ts';
import type { Department } from '../../../../directory/departments/department.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { updateEmployee, type EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import type { Effect } from '../../../../directory/store.ts';

type TenantEffect = Extract<Effect, { readonly write: 'tenant' }>;

/** What several people who leave at once leave behind, each record written once however many of them it spoke of. */
export class DeactivationEdits {
  readonly #people = new Map<string, { readonly before: Employee; readonly after: Employee }>();
  #tenant: TenantEffect | null = null;

  /** The record as it is after what was decided so far. */
  now(employee: Employee): Employee {
    return this.#people.get(employee.id)?.after ?? employee;
  }

  patch(employee: Employee, patch: EmployeePatch, at: number): void {
    const { before } = this.#people.get(employee.id) ?? { before: employee };
    const { after } = updateEmployee(this.now(employee), patch, at);
    if (after !== before) this.#people.set(employee.id, { before, after });
  }

  /** Takes in what one who leaves leaves behind: leaders taken away from people and departments, and nothing else. */
  fold(effects: readonly Effect[], at: number): void {
    for (const effect of effects) {
      if (effect.write === 'tenant') this.#foldTenant(effect);
      if (effect.write !== 'employee' || effect.before === null || effect.after === null) continue;
      const { before, after } = effect;
      const { leader, dottedLeaders } = this.now(before);
      const kept = new Set(after.dottedLeaders);
      this.patch(
        before,
        { leader: after.leader === null ? null : leader, dottedLeaders: dottedLeaders.filter((id) => kept.has(id)) },
        at,
      );
    }
  }

  #foldTenant(effect: TenantEffect): void {
    const others = this.#tenant?.parts.departments;
    const departments = effect.parts.departments.map((department, index) => led(department, others?.[index]));
    this.#tenant = { ...effect, parts: { ...effect.parts, departments } };
  }

  /** Everything that is to be written. */
  effects(tenant: number, origin: Origin): readonly Effect[] {
    const people = [...this.#people.values()].map(({ before, after }): Effect => {
      return { write: 'employee', tenant, before, after, fields: changedFields(before, after), origin };
    });
    return this.#tenant === null ? people : [...people, this.#tenant];
  }
}

/** The department with those leaders alone that both leave it. */
function led(one: Department, other: Department | undefined): Department {
  if (other === undefined || one.leaders.length === 0) return one;
  const kept = new Set(other.leaders.map(({ employee }) => employee));
  const leaders = one.leaders.filter(({ employee }) => kept.has(employee));
  return leaders.length === one.leaders.length ? one : { ...other, leaders };
}
