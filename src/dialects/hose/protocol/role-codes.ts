import type { HoseError } from './codes.ts';

/** The sentences of Hose's pages on roles, verbatim [public]. */
export const roleCodes = {
  /** corporation/create-roledefs.md, corporation/update-roledefs.md */
  nameTaken: { status: 412, message: '此名称的角色已经存在，请更换名称' },
  /** corporation/create-roledefs.md */
  groupUnknown: { status: 412, message: '角色组不存在' },
  /** corporation/update-roles.md, corporation/delete-roles.md */
  unknown: { status: 412, message: '找不到角色' },
  /** corporation/get-roles.md */
  unknownToRead: { status: 400, message: '角色不存在' },
  /** corporation/get-roles.md */
  pathTypeInvalid: { status: 400, message: 'pathType只支持id,name,code类型' },
  /** corporation/update-roles.md */
  contentsMissing: { status: 400, message: 'contents参数不能为空' },
  /** corporation/update-roles.md */
  staffsMissing: { status: 412, message: '参数staffs不能为空' },
  /** corporation/update-roles.md */
  pathMissing: { status: 412, message: '参数path不能为空' },
  /** corporation/update-roles.md */
  notSynced: { status: 403, message: '没有权限同步此角色' },
  /** corporation/update-roles.md: every fault with the index of its row */
  dataWrong: (faults: readonly string[]) => ({ status: 412, message: `数据错误:[${faults.join(', ')}]` }),
  /** No page has it [proposed]. */
  scopeInvalid: { status: 412, message: '参数scope不合法' },
} as const satisfies Record<string, HoseError | ((...parts: never[]) => HoseError)>;

/** A path that leads nowhere, as the sentence on wrong data names it [public: corporation/update-roles.md]. */
export function pathFault(row: number, part: string): string {
  return `${String(row)}:路径不存在[${part}]`;
}

/** A staff that is not to be found, likewise. */
export function staffFault(row: number, value: string): string {
  return `${String(row)}:人员不存在[${value}]`;
}
