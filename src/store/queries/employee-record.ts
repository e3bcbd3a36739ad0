import { emptyEmployee, type Employee } from '../../directory/employees/employee.ts';
import { plainText } from '../../directory/text.ts';
import { seal, unsealRead } from '../sealed.ts';

/** The defaults of a record, which are not stored with every record. */
const BLANK: Employee = emptyEmployee('', plainText(''), 0);

/**
 * A record as it is kept: JSON of what is not as in a blank one, so that a row holds what is known and no more. Written
 * out member by member, as is reading: the hot path of every request comes through here.
 */
export function serializeEmployee(employee: Employee): string {
  const packed: { readonly [Member in keyof Employee]: Employee[Member] | undefined } = {
    id: employee.id,
    ids: filled(employee.ids),
    account: employee.account ?? undefined,
    name: employee.name,
    alias: employee.alias ?? undefined,
    gender: employee.gender === BLANK.gender ? undefined : employee.gender,
    mobile: employee.mobile ?? undefined,
    email: employee.email ?? undefined,
    enterpriseEmail: employee.enterpriseEmail ?? undefined,
    enterpriseEmailAliases: filled(employee.enterpriseEmailAliases),
    telephone: employee.telephone ?? undefined,
    extensionNumber: employee.extensionNumber ?? undefined,
    departments: filled(employee.departments),
    mainDepartment: employee.mainDepartment ?? undefined,
    leader: employee.leader ?? undefined,
    dottedLeaders: filled(employee.dottedLeaders),
    jobNumber: employee.jobNumber ?? undefined,
    jobTitle: employee.jobTitle ?? undefined,
    jobLevel: employee.jobLevel ?? undefined,
    jobFamily: employee.jobFamily ?? undefined,
    workPlace: employee.workPlace ?? undefined,
    workCountry: employee.workCountry ?? undefined,
    workStation: employee.workStation ?? undefined,
    employmentType: employee.employmentType === BLANK.employmentType ? undefined : employee.employmentType,
    joinDate: employee.joinDate ?? undefined,
    note: employee.note ?? undefined,
    status: employee.status === BLANK.status ? undefined : employee.status,
    leftOn: employee.leftOn ?? undefined,
    activation: employee.activation === BLANK.activation ? undefined : employee.activation,
    frozen: employee.frozen === BLANK.frozen ? undefined : employee.frozen,
    seated: employee.seated === BLANK.seated ? undefined : employee.seated,
    external: employee.external === BLANK.external ? undefined : employee.external,
    custom: filled(employee.custom),
    extensions: filled(employee.extensions),
    createdAt: employee.createdAt,
    updatedAt: employee.updatedAt,
  };
  // Members that are undefined are left out.
  return seal(JSON.stringify(packed));
}

/** The record that was kept. */
export function deserializeEmployee(text: string): Employee {
  // Written by `serializeEmployee`; migrations keep what older releases wrote readable as today's.
  const kept = unsealRead(text) as Partial<Employee>;
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

/** A list or an object that holds anything. */
function filled<Value extends object>(value: Value): Value | undefined {
  for (const _member in value) return value;
  return undefined;
}
