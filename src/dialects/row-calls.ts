import type { App } from '../directory/auth/app.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type { Tenant } from '../directory/tenant.ts';

/** What a row of a table makes of an employee. */
export interface RowChange {
  readonly tenant: Tenant;
  /** Null where the row adds an employee. */
  readonly before: Employee | null;
  readonly after: Employee;
  /** The members of the record that differ. */
  readonly changed: ReadonlySet<string>;
  /** The leader afterwards; null where there is none. */
  readonly leader: Employee | null;
}

/** The call of a platform that would make a change. */
export interface RowCall {
  readonly operation: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body: object;
}

/** A column of a platform's own table. */
export interface TemplateColumn {
  readonly header: string;
  /** The field that it is; null for one that is left empty. */
  readonly field: string | null;
  /** Writes the value as the platform takes it; absent: as any table has it. */
  readonly write?: (employee: Employee) => string;
}

/** How a platform is asked about the rows of a table, and how its own tables look. */
export interface RowCalls {
  /** The id that names an employee on the platform: its space, and the headers that tables have for it. */
  readonly id: { readonly space: string; readonly headers: readonly string[] };
  /** The header of the platform's own table, with the field that each column is; absent where none is documented. */
  readonly template?: readonly TemplateColumn[];
  /** Whether that table has an employee: the platform makes members of all who are in it. */
  readonly isInTemplate?: (employee: Employee) => boolean;
  /** The space of the department ids that this table has. */
  readonly departments: string;
  /** Whether an app may make the calls. */
  readonly suits: (app: App) => boolean;
  /** Null where the platform knows none of what changes. */
  readonly call: (change: RowChange) => RowCall | null;
}

/** The members that a call sends: of an employee who is added those that are not empty, else those that change. */
export function sentMembers<Wire extends object>(
  { before, after, changed }: RowChange,
  wire: { readonly [Member in keyof Employee]?: () => Wire },
): Wire[] {
  const sent: Wire[] = [];
  for (const member in wire) {
    const name = member as keyof Employee;
    if (before === null ? !isEmpty(after[name]) : changed.has(member)) sent.push((wire[name] as () => Wire)());
  }
  return sent;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The departments of a record by their ids on a platform, the main one first. */
export function departmentIds({ tenant, after }: RowChange, space: string): readonly string[] {
  const ids = after.departments.map(({ department }) => department);
  const main = after.mainDepartment;
  return platformIds(tenant, main === null ? ids : [main, ...ids.filter((id) => id !== main)], space);
}

/** Returns the ids of departments on a platform; one that the company does not have keeps the id that was given. */
export function platformIds(tenant: Tenant, departments: readonly string[], space: string): readonly string[] {
  return departments.map((id) => tenant.departments.get(id)?.ids[space] ?? id);
}
