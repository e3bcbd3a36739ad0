import type { CustomValue } from '../../../directory/custom-field.ts';
import type { Department } from '../../../directory/departments/department.ts';
import { DIALECT } from './settings.ts';

/** What this platform alone knows of a department. */
export interface FeishuDepartment {
  /** Values of custom fields by own field id. */
  readonly custom: Readonly<Record<string, CustomValue>>;
}

const BLANK: FeishuDepartment = { custom: {} };

/** What this platform alone knows of the department. */
export function feishuDepartmentOf(department: Department): FeishuDepartment {
  // Written by this dialect alone: by the update of a department, and by the reader of a company file.
  return (department.extensions[DIALECT] as FeishuDepartment | undefined) ?? BLANK;
}

/** The department's extensions with these values; without any, nothing is kept. */
export function withDepartmentCustom(
  { extensions }: Pick<Department, 'extensions'>,
  custom: FeishuDepartment['custom'],
): Department['extensions'] {
  const { [DIALECT]: _before, ...others } = extensions;
  return Object.keys(custom).length === 0 ? others : { ...others, [DIALECT]: { custom } };
}
