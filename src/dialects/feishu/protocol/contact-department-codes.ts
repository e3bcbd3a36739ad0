import type { Code } from './codes.ts';

function refused(code: number, msg: string, status = 400): Code {
  return { status, code, msg };
}

/**
 * Codes of the contact API's departments. Where the vendor's two sources differ, this is the API Explorer's text, in the
 * vendor's spelling. [contract feishu-contact.md 3.3]
 */
export const CONTACT_DEPARTMENT_CODES = {
  paramError: refused(40001, 'param error'),
  batchInvalid: refused(40001, 'param is invalid'),
  rootRefused: refused(40002, 'process root dept error'),
  forbidden: refused(40004, 'no dept authority error', 403),
  idForbidden: refused(40007, 'can not update dept custom id error', 403),
  bodyEmpty: refused(40008, 'dept Info is null error'),
  parentPageSizeInvalid: refused(40011, 'page size is invalid error'),
  parentForbidden: refused(40014, 'no parent dept authority error', 403),
  deleted: refused(40015, 'department not exist'),
  nameMissing: refused(40016, 'dept name can not be nul error', 401),
  nameMissingInUpdate: refused(40016, 'name can not be null in updateRequest'),
  parentMissingInUpdate: refused(40017, 'parent id can not be null in updateRequest'),
  invalid: refused(40018, 'param error'),
  noChat: refused(40020, 'department do not has a chat error', 403),
  otherRequest: refused(40021, 'no a same request error'),
  leaderUnknown: refused(41012, 'user id invalid error'),
  personResigned: refused(42006, 'user has resigned error'),
  unitsInvalid: refused(43004, 'illegal unit error'),
  orderTaken: refused(43005, 'duplicate order error'),
  idTaken: refused(43007, 'duplicated department custom id error'),
  idInvalid: refused(43008, 'custom dept id invalid error'),
  idChangedTooOften: refused(43009, 'exceed update custom dept limit error'),
  hasMembers: refused(43011, 'delete has member dept error'),
  hasChildren: refused(43012, 'delete has sub dept department error'),
  childrenTooMany: refused(43013, 'dept too many children error'),
  leadersRepeated: refused(43016, 'leaders is repeat'),
  translationTaken: refused(43018, 'duplicate i18n name'),
  tooDeep: refused(43019, 'exceed dept max level'),
  nameTaken: refused(43022, 'department name duplicate'),
  leaderNotJoined: refused(43025, 'top department leader unjoined'),
  employeeTypeInvalid: refused(43026, 'employee type is not valid'),
  hrbpsInvalid: refused(43028, 'invalid department hrbps'),
  nameSlashed: refused(43029, 'dept name not contain separator'),
  parentMissing: refused(44101, 'miss parent department error'),
  departmentMissing: refused(44102, 'miss department_id error'),
  searchInvalid: refused(48001, 'invalid param'),
} as const satisfies Readonly<Record<string, Code>>;
