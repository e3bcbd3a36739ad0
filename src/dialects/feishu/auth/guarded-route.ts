import { companyTime } from '../../../directory/company-clock.ts';
import type { Problem } from '../../../directory/errors.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { Call, DialectContext, Outcome, Reply, Route } from '../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from './caller.ts';
import {
  responseContext,
  errorReply,
  exchangeAt,
  rateLimitedReply,
  type ResponseContext,
  type FieldViolation,
} from '../protocol/envelope.ts';
import { namesFields, type Refusal } from '../protocol/errors.ts';
import { GENERIC_CODES, type Code } from '../protocol/codes.ts';
import type { PageRefusal } from '../protocol/list-paging.ts';
import type { DepartmentIdKind, EmployeeIdKind } from '../model/ids.ts';
import { authenticate } from './authenticate.ts';
import type { Operation } from '../protocol/operations.ts';
import { settingsOf } from '../model/settings.ts';

/** A call whose caller is known. */
export interface OperationContext {
  readonly name: Operation;
  readonly call: Call;
  readonly context: DialectContext;
  readonly caller: Caller;
  readonly exchange: ResponseContext;
}

/** Brings a company up to date before a call is answered; returns whether it has changed, at once where nothing is due. */
export type Preparation = (tenant: Tenant, context: DialectContext, at: number) => Promise<boolean> | boolean;

/** Makes the guard of operations: only callers that are recognised and hold the scope are answered (S1 to S4). */
export function authenticatedAfter(
  prepare: Preparation,
): (name: Operation, answer: (operation: OperationContext) => Promise<Reply>) => Route['answer'] {
  return (name, answer) => async (call, context) => {
    const opened = responseContext(call, context.now(null), name);
    const recognised = await authenticate(call, context, opened.at, name);
    if ('denial' in recognised) {
      const { denial } = recognised;
      if ('reached' in denial) return rateLimitedReply(opened, denial.reached);
      return errorReply({ ...opened, brand: denial.brand ?? opened.brand }, denial.code, denial.detail);
    }
    const known = recognised.caller;
    const { brand } = settingsOf(known.tenant);
    const dated = exchangeAt(opened, companyTime(known.tenant, opened.at));
    const exchange = brand === dated.brand ? dated : { ...dated, brand };
    const prepared = prepare(known.tenant, context, exchange.at);
    const isAnother = typeof prepared === 'boolean' ? prepared : await prepared;
    const caller = isAnother ? await context.store.read(() => reloadCaller(known)) : known;
    return caller === null
      ? errorReply(exchange, revokedTokenCode(known))
      : answer({ name, call, context, caller, exchange });
  };
}

const EMPLOYEE_KINDS: Readonly<Record<string, EmployeeIdKind>> = {
  open_id: 'open_id',
  union_id: 'union_id',
  employee_id: 'employee_id',
};
/** The same kinds as the contact API calls them. [contract feishu-contact.md 1.1] */
const USER_KINDS: Readonly<Record<string, EmployeeIdKind>> = {
  open_id: 'open_id',
  union_id: 'union_id',
  user_id: 'employee_id',
};
/** One sample of the directory API uses the contact API's word. [public: dir/department/mget] */
const LENIENT_KINDS: Readonly<Record<string, EmployeeIdKind>> = { ...EMPLOYEE_KINDS, user_id: 'employee_id' };
const DEPARTMENT_KINDS: Readonly<Record<string, DepartmentIdKind>> = {
  open_department_id: 'open_department_id',
  department_id: 'department_id',
};

/** The kinds of ids that a request uses, and what is wrong with the parameters that choose them. */
export interface IdKinds {
  readonly idKind: EmployeeIdKind;
  readonly departmentKind: DepartmentIdKind;
  readonly violations: readonly FieldViolation[];
}

/** Reads `employee_id_type` and `department_id_type`; whether `user_id` is taken too is the company's setting. */
export function idKindsOf(query: URLSearchParams, { tenant }: Pick<Caller, 'tenant'>): IdKinds {
  const kinds = settingsOf(tenant).lenient_id_types ? LENIENT_KINDS : EMPLOYEE_KINDS;
  return readKinds(query, 'employee_id_type', kinds, 'open_id,union_id,employee_id');
}

/** Reads `user_id_type` and `department_id_type` of the contact API. */
export function contactIdKindsOf(query: URLSearchParams): IdKinds {
  return readKinds(query, 'user_id_type', USER_KINDS, 'open_id,union_id,user_id');
}

function readKinds(
  query: URLSearchParams,
  parameter: string,
  kinds: Readonly<Record<string, EmployeeIdKind>>,
  named: string,
): IdKinds {
  const violations: FieldViolation[] = [];
  const read = <Kind>(name: string, known: Readonly<Record<string, Kind>>, otherwise: Kind, options: string): Kind => {
    const text = query.get(name) ?? '';
    if (text === '') return otherwise;
    const kind = Object.hasOwn(known, text) ? known[text] : undefined;
    if (kind === undefined)
      violations.push({ field: name, value: text.slice(0, 64), description: `options: [${options}]` });
    return kind ?? otherwise;
  };
  const idKind = read(parameter, kinds, 'open_id', named);
  const departmentKind = read(
    'department_id_type',
    DEPARTMENT_KINDS,
    'open_department_id',
    'open_department_id,department_id',
  );
  return { idKind, departmentKind, violations };
}

/** A request that does not fit its shape: 99992402 with everything that is wrong, or 9499 where it is no JSON object. */
export function validationErrorReply(
  exchange: ResponseContext,
  bodyViolations: readonly FieldViolation[] | null,
  queryViolations: readonly FieldViolation[],
): Reply {
  if (bodyViolations === null) {
    const outcome: Outcome = { records: [{ verdicts: [], problem: { kind: 'invalid', subject: 'body' } }] };
    return errorReply(exchange, GENERIC_CODES.badRequest, {}, outcome);
  }
  const violations = [...bodyViolations, ...queryViolations];
  const verdicts = violations.map(({ field, description }) => ({
    field,
    verdict: 'refused' as const,
    reason: description,
  }));
  const outcome: Outcome = { records: [{ verdicts, problem: { kind: 'invalid', subject: 'request' } }] };
  return errorReply(exchange, GENERIC_CODES.fieldsInvalid, { field_violations: violations }, outcome);
}

/** The answer to a request for a page that cannot be shown. */
export function pageErrorReply(exchange: ResponseContext, refusal: PageRefusal): Reply {
  return 'refused' in refusal
    ? errorReply(exchange, refusal.refused)
    : validationErrorReply(exchange, [], refusal.violations);
}

/** Answers a request that a rule refused. */
export function refusalReply(
  exchange: ResponseContext,
  refusal: Refusal<Problem>,
  code: Code,
  outcome?: Outcome,
): Reply {
  const detail = namesFields(refusal, code)
    ? { field_violations: refusal.fields.map((field) => ({ field, value: '', description: code.msg })) }
    : {};
  return errorReply(exchange, code, detail, outcome);
}
