import type { Rule as DialectRule } from '../../rule.ts';
import type { CustomField, CustomValue } from '../../../directory/custom-field.ts';
import type { ChangedFields } from '../../../directory/history/change.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Caller } from '../auth/caller.ts';
import type { Capacity } from './capacity.ts';
import type { EmployeeProblem, Refusal } from '../protocol/errors.ts';
import type { FeishuEmployee } from '../model/employee-extension.ts';
import type { DepartmentIdKind, EmployeeIdKind } from '../model/ids.ts';
import type { Settings } from '../model/settings.ts';
import type { PatchInput, GivenCustomField } from '../protocol/wire.ts';

/** One update, as asked for. */
export interface PatchRequest {
  /** The id in the path. */
  readonly id: string;
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly given: PatchInput;
}

/** One entry of `custom_field_values` with its field and the value it results in. */
export interface ResolvedCustomField {
  readonly given: GivenCustomField;
  /** Undefined where the platform knows no such field. */
  readonly field: CustomField | undefined;
  /** Null takes the value away; undefined is refused. */
  readonly value: CustomValue | null | undefined;
}

/** Current holders of values that only one employee may have; loaded only for values that the update claims. */
export type Holders = { readonly [Claim in ClaimName]?: readonly Employee[] };
/** What an update may claim. */
export type ClaimName =
  | 'mobile'
  | 'email'
  | 'enterpriseEmail'
  | 'recycledMail'
  | 'jobNumber'
  | 'extensionNumber'
  | 'employeeId';

/** All facts that the rules of one update use. */
export interface Facts extends PatchRequest {
  readonly tenant: Tenant;
  readonly settings: Settings;
  readonly caller: Caller;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly before: Employee;
  readonly extensionBefore: FeishuEmployee;
  /** The employee as the update would leave it, as far as what was sent means anything. */
  readonly after: Employee;
  readonly extensionAfter: FeishuEmployee;
  /** In what the two differ. */
  readonly fields: ChangedFields;
  /** Employees by their ids as sent. */
  readonly people: ReadonlyMap<string, Employee>;
  /** What the given departments are, in the order given; undefined for unknown ones. */
  readonly departments: readonly (Department | undefined)[];
  readonly customFields: readonly ResolvedCustomField[];
  readonly holders: Holders;
  readonly capacity: Capacity;
  /** What new images were uploaded for, by key; null where none was. Empty where the company lets any key be. */
  readonly imageKinds: ReadonlyMap<string, string | null>;
  /** Why a given leader is unknown; null where one was found, or none given. */
  readonly leaderProblem: EmployeeProblem | null;
  /** Everyone above the new leaders, these included; empty where the leaders stay. */
  readonly aboveLeader: ReadonlySet<string>;
  readonly aboveDottedLeaders: ReadonlySet<string>;
  /** Own id of the founder, who cannot be frozen; null where the update freezes no employee. */
  readonly founder: string | null;
}

/** One demand of the platform: null when it is met. */
export type Rule = DialectRule<Facts, Refusal>;
