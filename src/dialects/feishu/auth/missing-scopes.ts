import type { Code } from '../protocol/codes.ts';
import { GENERIC_CODES } from '../protocol/codes.ts';
import { HOST, type Brand, type ErrorDetail } from '../protocol/envelope.ts';
import { NAMES_USERS, SCOPE, type Operation } from '../protocol/operations.ts';
import { holdsAny, type Caller } from './caller.ts';

/** Scopes of which the caller holds none, and what they would allow. */
export interface MissingScopes {
  readonly scopes: readonly string[];
  /** The contact API tells the scope of a field apart from that of a call. [contract feishu-contact.md 9.1] */
  readonly type: 'action_scope_required' | 'field_scope_required';
}

/** What the caller lacks for the operation, and for the kind of ids it uses; null where nothing is missing. */
export function missingScopes(caller: Caller, operation: Operation, query: URLSearchParams): MissingScopes | null {
  if (!holdsAny(caller, SCOPE[operation])) return { scopes: SCOPE[operation], type: 'action_scope_required' };
  if (NAMES_USERS.has(operation)) {
    // [contract feishu-contact.md 1.1]
    return query.get('user_id_type') === 'user_id' && !holdsAny(caller, SCOPE.userId)
      ? { scopes: SCOPE.userId, type: 'field_scope_required' }
      : null;
  }
  const idKind = query.get('employee_id_type');
  const namesEmployeeIds = idKind === 'employee_id' || idKind === 'user_id';
  // [seed] the field scope; which code a caller without it gets is [derived].
  return namesEmployeeIds && !holdsAny(caller, SCOPE.employeeId)
    ? { scopes: SCOPE.employeeId, type: 'action_scope_required' }
    : null;
}

/** The sentence of a denial, and the members beside the log id. */
interface ScopeDenial {
  readonly code: Code;
  readonly detail: ErrorDetail;
}

/** Words the missing scopes in two languages with a link; outside China in English only. [contract feishu-contact.md 7.4, 7.9] */
export function scopeDenial({ scopes, type }: MissingScopes, appId: string, brand: Brand): ScopeDenial {
  const sorted = scopes.toSorted();
  const list = `[${sorted.join(', ')}]`;
  const url = `${HOST[brand]}/app/${appId}/auth?q=${sorted.join(',')}&op_from=openapi&token_type=tenant`;
  const { scopeMissing } = GENERIC_CODES;
  const local = `.应用尚未开通所需的应用身份权限：${list}，点击链接申请并开通任一权限即可：${url}`;
  return {
    code: { ...scopeMissing, msg: `${scopeMissing.msg}${list}${brand === 'lark' ? '' : local}` },
    detail: {
      permission_violations: sorted.map((subject) => ({ type, subject })),
      helps: [{ url, description: `Learn more about scopes and how to add them: ${list}` }],
    },
  };
}

const PRIVILEGE_HELP =
  'https://open.feishu.cn/document/uAjLw4CM/ugTN1YjL4UTN24CO1UjN/trouble-shooting/how-to-resolve-error-99991679';

/** The user did not grant them. [contract feishu-contact.md 7.4, 7.9] */
export function privilegeDenial({ scopes }: MissingScopes, brand: Brand): ScopeDenial {
  const sorted = scopes.toSorted();
  const list = `[${sorted.join(', ')}]`;
  const { privilegeMissing } = GENERIC_CODES;
  const local = `.应用未获取所需的用户授权：${list}，点击链接查看解决方案：${PRIVILEGE_HELP}`;
  return {
    code: { ...privilegeMissing, msg: `${privilegeMissing.msg}${list}${brand === 'lark' ? '' : local}` },
    detail: { permission_violations: sorted.map((subject) => ({ type: 'action_privilege_required', subject })) },
  };
}
