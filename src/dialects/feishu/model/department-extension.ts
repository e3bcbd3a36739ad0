import type { CustomValue } from '../../../directory/custom-field.ts';
import type { Department } from '../../../directory/departments/department.ts';
import { DIALECT } from './settings.ts';

/** What this platform alone knows of a department. */
export interface FeishuDepartment {
  /** Values of custom fields by own field id. */
  readonly custom: Readonly<Record<string, CustomValue>>;
  /** Numbers of the employee types that the contact API names for the department's chat. */
  readonly groupChatEmployeeTypes: readonly number[];
  /** Own ids of the employees who are its HR business partners. */
  readonly hrbps: readonly string[];
  /** How often its `department_id` was changed by the contact API. */
  readonly idChanges: number;
  /** The order in digits, where a number of JavaScript does not hold it exactly; else empty. */
  readonly order: string;
}

const BLANK: FeishuDepartment = { custom: {}, groupChatEmployeeTypes: [], hrbps: [], idChanges: 0, order: '' };

/** What this platform alone knows of the department. */
export function feishuDepartmentOf({ extensions }: Pick<Department, 'extensions'>): FeishuDepartment {
  // Written by this dialect alone: by the changes of a department, and by the reader of a company file.
  const kept = extensions[DIALECT] as Partial<FeishuDepartment> | undefined;
  return kept === undefined ? BLANK : { ...BLANK, ...kept };
}

/** What is kept of it: the members that say anything, or undefined where none does. */
export function keptOfDepartment(part: Partial<FeishuDepartment>): Partial<FeishuDepartment> | undefined {
  const kept = Object.entries(part).filter(([, value]) =>
    typeof value === 'object' ? Object.keys(value).length > 0 : value !== 0 && value !== '',
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The department's extensions once these members are as given; where nothing is left, nothing is kept. */
export function withFeishuDepartment(
  { extensions }: Pick<Department, 'extensions'>,
  changed: Partial<FeishuDepartment>,
): Department['extensions'] {
  const { [DIALECT]: _before, ...others } = extensions;
  const kept = keptOfDepartment({ ...feishuDepartmentOf({ extensions }), ...changed });
  return kept === undefined ? others : { ...others, [DIALECT]: kept };
}

/** The order as the contact API tells it: a decimal number. */
export function orderTextOf(department: Department): string {
  const { order } = feishuDepartmentOf(department);
  // Another platform may have written the order since.
  return order !== '' && Number(order) === department.order ? order : String(department.order);
}
