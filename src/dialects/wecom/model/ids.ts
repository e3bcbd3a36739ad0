import { createHash } from 'node:crypto';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Department } from '../../../directory/departments/department.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { wecomOf } from '../protocol/wire.ts';

/** The space in which the name of the whole company is kept. */
export const CORPID = 'wecom.corpid';
/** Members by their folded userid. */
export const USERID = 'wecom.userid';
/** Members by the openid that WeChat knows them by. */
export const OPENID = 'wecom.openid';
/** Departments by their number, as text. */
export const DEPARTMENT_ID = 'wecom.id';
/** Job titles by their number among the options of 职位, as text. */
export const OPTION_ID = 'wecom.option';
/** Fields that the company added, by their number in the roster, as text. */
export const FIELD_ID = 'wecom.fieldid';

/** The number of the root department. https://developer.work.weixin.qq.com/document/path/90208 */
export const ROOT_DEPARTMENT = '1';

/** A userid in the form in which two of them are compared: 不区分大小写. https://developer.work.weixin.qq.com/document/path/90196 */
export function foldUserid(userid: string): string {
  return userid.toLowerCase();
}

/** A member's userid as it was given. */
export function useridOf(employee: Employee): string {
  return wecomOf(employee).userid ?? employee.ids[USERID] ?? employee.id;
}

/** A department's number. */
export function departmentIdOf(department: Department): number {
  return Number(department.ids[DEPARTMENT_ID]);
}

/** A job title's number among the options of 职位. */
export function optionIdOf(entry: CatalogEntry): number {
  return Number(entry.ids[OPTION_ID]);
}

/** The openid of a person who is no member of the company: 28 characters, `o` first. */
export function openidOfStranger(corpid: string): string {
  return `o${createHash('sha256').update(`wecom.openid:${corpid}`).digest('base64url').slice(0, 27)}`;
}

/** The device that a person signs in with, as user/getuserinfo shows it: fixed, for there are no devices here. (wecom-more 9.3) */
export function deviceIdOf(person: string): string {
  return createHash('sha256').update(`wecom.device:${person}`).digest('hex').slice(0, 32);
}

/** The corpid of a company whose file gives none: `ww` and 16 hex characters that follow from its key. */
export function corpidFor(tenantKey: string): string {
  return `ww${createHash('sha256').update(`wecom.corpid:${tenantKey}`).digest('hex').slice(0, 16)}`;
}
