import type { App } from '../../directory/auth/app.ts';
import type { CatalogEntry } from '../../directory/catalog.ts';
import { changedFields } from '../../directory/history/change.ts';
import type { CustomField } from '../../directory/custom-field.ts';
import type { Department } from '../../directory/departments/department.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import type { TenantData } from '../../directory/tenant.ts';
import type { PlannedStep } from '../contract.ts';
import { isObject, deepEqual } from '../../lib/json-equal.ts';
import {
  catalogEntryPart,
  companyPart,
  customFieldPart,
  departmentPart,
  employeePart,
  withoutAbsent,
} from '../export/file-parts.ts';
import type { Platform } from '../schema.ts';
import { shortened } from '../../lib/text/shortened.ts';

/** Describes what becomes of one thing; null is none. */
export type StepWriter = (kind: string, id: string, before: object | null, after: object | null) => PlannedStep;

/** Members that say when, not what. */
const TIMES = new Set(['created_at', 'updated_at']);
/** Members whose values are secrets, or nearly. */
const SECRETS = new Set(['secret_hash', 'events.encrypt_key', 'events.verification_token']);
/** A longer value is cut: a plan is to be read, and has a size that can be known. */
const MAX_VALUE_LENGTH = 200;
const DEEPEST = 4;

/** Makes the steps of a plan, in the names that a company file has for what changes. */
export function planSteps(dialects: readonly Platform[]): StepWriter {
  const partOf = partsBy(dialects);
  return (kind, id, before, after) => {
    const name = nameOf(after ?? before);
    const step = { kind, id, ...(name === undefined || kind === 'app' ? {} : { name }) };
    if (before === null) return { action: 'add', ...step, fields: [] };
    if (after === null) return { action: 'remove', ...step, fields: [] };
    const values: Record<string, readonly [unknown, unknown]> = {};
    compare(values, '', partOf(kind, before), partOf(kind, after), 0);
    const fields = Object.keys(values);
    // What no file names has only the name that the record gives it.
    if (fields.length === 0) fields.push(...Object.keys(changedFields(before as Employee, after as Employee)));
    return {
      action: 'change',
      ...step,
      fields,
      values: Object.fromEntries(Object.entries(values).filter(([field]) => !SECRETS.has(field))),
    };
  };
}

function partsBy(dialects: readonly Platform[]): (kind: string, thing: object) => unknown {
  const partOf = (kind: string, thing: object): unknown => {
    switch (kind) {
      case 'company': {
        const company = thing as TenantData;
        const settings = dialects.map(({ name, company: section }) => [
          name,
          section.writeSettings(company.settings[name]),
        ]);
        return { ...companyPart(company), ...Object.fromEntries(settings) };
      }
      case 'department':
        return departmentPart(thing as Department, dialects);
      case 'custom-field':
        return customFieldPart(thing as CustomField, dialects);
      case 'app': {
        const app = thing as App;
        return dialects.find(({ name }) => name === app.dialect)?.company.writeApp(app);
      }
      case 'employee': {
        const employee = thing as Employee;
        return { ...employeePart(employee, new Map(), dialects), account: employee.account ?? undefined };
      }
      default:
        return catalogEntryPart(thing as CatalogEntry, dialects);
    }
  };
  return (kind, thing) => withoutAbsent(partOf(kind, thing));
}

function nameOf(thing: object | null): string | undefined {
  const name = isObject(thing) ? thing['name'] : undefined;
  if (typeof name === 'string') return cut(name);
  return isObject(name) && typeof name['value'] === 'string' ? cut(name['value']) : undefined;
}

/** Collects the members in which two parts of a file differ, each by its path. */
function compare(
  found: Record<string, readonly [unknown, unknown]>,
  path: string,
  before: unknown,
  after: unknown,
  depth: number,
): void {
  if (deepEqual(before ?? null, after ?? null)) return;
  if (!isMembers(before) || !isMembers(after) || depth === DEEPEST) {
    found[path] = [shown(before), shown(after)];
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (depth === 0 && TIMES.has(key)) continue;
    compare(found, path === '' ? key : `${path}.${key}`, before[key], after[key], depth + 1);
  }
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value);
}

function shown(value: unknown): unknown {
  if (typeof value === 'string') return cut(value);
  const text = JSON.stringify(value ?? null);
  return text.length > MAX_VALUE_LENGTH ? cut(text) : (value ?? null);
}

function cut(text: string): string {
  return shortened(text, MAX_VALUE_LENGTH);
}
