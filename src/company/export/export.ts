import { stringify } from 'yaml';
import type { TenantContents } from '../../directory/store.ts';
import type { SectionOwner } from '../schema.ts';
import {
  catalogParts,
  companyPart,
  customFieldPart,
  departmentPart,
  employeePart,
  listOrNothing,
  platformPart,
  withoutAbsent,
} from './file-parts.ts';

/** How many people are written at a time. */
const PIECE = 20;

/** A company as a YAML file that, when applied, makes the very same company; a piece at a time. */
export function* companyPieces(
  { tenant, employees, accounts }: TenantContents,
  dialects: readonly SectionOwner[],
): Generator<string, void, undefined> {
  const { parts } = tenant;
  yield yaml({
    mingce: 1,
    ...companyPart(parts),
    ...Object.fromEntries(dialects.map((dialect) => [dialect.name, platformPart(parts, dialect)])),
    departments: parts.departments.map((department) => departmentPart(department, dialects)),
    ...catalogParts(parts, dialects),
    custom_fields: listOrNothing(parts.customFields.map((field) => customFieldPart(field, dialects))),
  });
  if (employees.length > 0) yield PEOPLE;
  for (let from = 0; from < employees.length; from += PIECE) {
    const piece = employees.slice(from, from + PIECE);
    // As the list would stand in the whole, without its name.
    yield yaml({ employees: piece.map((employee) => employeePart(employee, accounts, dialects)) }).slice(PEOPLE.length);
  }
}

const PEOPLE = 'employees:\n';

function yaml(file: object): string {
  return stringify(withoutAbsent(file), { lineWidth: 0, aliasDuplicateObjects: false });
}
