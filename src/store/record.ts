import { blankEmployee, type Employee } from '../directory/employee.ts';
import { plainText } from '../directory/text.ts';

/** What a record says of someone of whom nothing is known; that much is not kept with every record. */
const BLANK: Employee = blankEmployee('', plainText(''), 0);
const MEMBERS = Object.entries(BLANK) as readonly (readonly [keyof Employee, unknown])[];

/** A record as it is kept: JSON of what is not as in a blank one, so that a row holds what is known and no more. */
export function packEmployee(employee: Employee): string {
  const packed: Record<string, unknown> = {};
  for (const [member, blank] of MEMBERS) {
    const value: unknown = employee[member];
    if (value !== blank && !(isEmpty(blank) && isEmpty(value))) packed[member] = value;
  }
  return JSON.stringify(packed);
}

/** The record that was kept. Written out member by member: the hot path of every request comes through here. */
export function unpackEmployee(text: string): Employee {
  // Written by `packEmployee`; migrations keep what older releases wrote readable as today's.
  const kept = JSON.parse(text) as Partial<Employee>;
  return {
    id: kept.id ?? BLANK.id,
    ids: kept.ids ?? BLANK.ids,
    account: kept.account ?? BLANK.account,
    name: kept.name ?? BLANK.name,
    alias: kept.alias ?? BLANK.alias,
    gender: kept.gender ?? BLANK.gender,
    mobile: kept.mobile ?? BLANK.mobile,
    email: kept.email ?? BLANK.email,
    enterpriseEmail: kept.enterpriseEmail ?? BLANK.enterpriseEmail,
    enterpriseEmailAliases: kept.enterpriseEmailAliases ?? BLANK.enterpriseEmailAliases,
    telephone: kept.telephone ?? BLANK.telephone,
    extensionNumber: kept.extensionNumber ?? BLANK.extensionNumber,
    departments: kept.departments ?? BLANK.departments,
    mainDepartment: kept.mainDepartment ?? BLANK.mainDepartment,
    leader: kept.leader ?? BLANK.leader,
    dottedLeaders: kept.dottedLeaders ?? BLANK.dottedLeaders,
    jobNumber: kept.jobNumber ?? BLANK.jobNumber,
    jobTitle: kept.jobTitle ?? BLANK.jobTitle,
    jobLevel: kept.jobLevel ?? BLANK.jobLevel,
    jobFamily: kept.jobFamily ?? BLANK.jobFamily,
    workPlace: kept.workPlace ?? BLANK.workPlace,
    workCountry: kept.workCountry ?? BLANK.workCountry,
    workStation: kept.workStation ?? BLANK.workStation,
    employmentType: kept.employmentType ?? BLANK.employmentType,
    joinDate: kept.joinDate ?? BLANK.joinDate,
    note: kept.note ?? BLANK.note,
    status: kept.status ?? BLANK.status,
    leftOn: kept.leftOn ?? BLANK.leftOn,
    activation: kept.activation ?? BLANK.activation,
    frozen: kept.frozen ?? BLANK.frozen,
    seated: kept.seated ?? BLANK.seated,
    external: kept.external ?? BLANK.external,
    custom: kept.custom ?? BLANK.custom,
    extensions: kept.extensions ?? BLANK.extensions,
    createdAt: kept.createdAt ?? BLANK.createdAt,
    updatedAt: kept.updatedAt ?? BLANK.updatedAt,
  };
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const _member in value) return false;
  return true;
}
