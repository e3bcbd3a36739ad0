import { withOrigin } from '../../../../directory/history/attributed.ts';
import type { AccountWithMemberships } from '../../../../directory/auth/account.ts';
import { changedFields, type ChangedFields, type Origin } from '../../../../directory/history/change.ts';
import type { Employee } from '../../../../directory/employees/employee.ts';
import { addition } from '../../../../directory/employees/employee-addition.ts';
import { updateEmployee, type EmployeePatch } from '../../../../directory/employees/employee-update.ts';
import type { Invitation } from '../../../../directory/employees/invitation.ts';
import { normalizeEmail } from '../../../../directory/lookup.ts';
import { LoginIndex } from '../../../../directory/auth/logins.ts';
import { e164 } from '../../../../directory/employees/phone.ts';
import { load, type Decision, type Effect, type EmployeeOf, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { plainText } from '../../../../directory/text.ts';
import type { DialectContext, RecordOutcome } from '../../../dialect.ts';
import type { UpdateVariant } from '../api-version.ts';
import { readForm } from '../form.ts';
import { spaces } from '../../model/ids.ts';
import { patchOf } from '../patch.ts';
import { Persons } from '../persons.ts';
import { CandidateIndex, type RosterQuestions } from './create-lookup.ts';
import { firstRefusal } from '../../../rule.ts';
import { personNamed, CREATE_RULES, type ContactHolder, type CreateFacts } from './create-rules.ts';
import { freeSeats } from '../seats.ts';
import { settingsOf } from '../../model/settings.ts';
import { isActive } from '../view.ts';
import {
  departmentsNamed,
  isSkipped,
  phoneOf,
  refuseUpdate,
  SKIPPED,
  skipping,
  updatedStaff,
  withoutTimes,
  type Updated,
} from '../update.ts';
import { fieldResultsFor, skippedResults } from '../verdicts.ts';
import type { Addition, NewcomerRequest } from '../../protocol/wire-create.ts';

/** An employee to be added, with the ids generated beforehand, since the transaction may run again. */
export interface CreateTask {
  readonly request: NewcomerRequest;
  /** A new own id. */
  readonly id: string;
  /** A new 第三方平台人员ID, which is the id of the account too. */
  readonly user: string;
  /** The second half of a staff id that is not the usual one. */
  readonly half: string;
}

/** Who adds, how and when. */
export interface CreateContext {
  readonly tenant: number;
  readonly addition: Addition;
  /** The version of the operation that was called. */
  readonly version: string;
  readonly variant: UpdateVariant;
  readonly newcomers: DialectContext['recordFactory'];
  readonly origin: Origin & { readonly app: string };
}

/** Adds staff one after the other, each judged after the ones before: all of them or none [proposed]. */
export function* createStaff(tasks: readonly CreateTask[], context: CreateContext): StoreTask<Decision<Updated>> {
  const { variant, origin } = context;
  const tenant = yield* load('tenant', { number: context.tenant });
  if (tenant === null) return refuseUpdate({ field: 'accessToken', problem: { kind: 'forbidden', subject: 'token' } });
  const questions = questionsOf(tasks, variant);
  const logins = yield* LoginIndex.load({ tenant, ...questions, ids: questions.userids });
  const persons = yield* Persons.load(tenant.number, questions.userids, accountsNamed(questions, logins));
  const { corporationId } = settingsOf(tenant);
  const roster = yield* CandidateIndex.load(tenant.number, questions, { logins, persons, corporationId });
  let seatsLeft = yield* freeSeats(tenant);
  const hired: Employee[] = [];
  const records: RecordOutcome[] = [];
  const effects: Effect[] = [];
  for (const [index, task] of tasks.entries()) {
    const facts = factsOf(task, tenant, { roster, logins, persons }, context);
    const refusal = firstRefusal(facts, CREATE_RULES);
    if (refusal !== null) return refuseUpdate(refusal, facts.returning?.id);
    if (facts.returning !== undefined && isSkipped(facts.returning, tenant)) {
      const { id } = facts.returning;
      records.push({ employee: id, verdicts: skippedResults(facts.request, SKIPPED) });
      const { version, addition } = context;
      const about = { tenant: tenant.number, version, isBatch: addition === 'batch', origin };
      effects.push(skipping(facts.returning, facts.request, index, about));
      hired.push(facts.returning);
      continue;
    }
    const after = buildRecord(task, facts, tenant, seatsLeft > 0, context);
    if (after.seated) seatsLeft--;
    register(facts, after, tenant);
    const before = facts.returning ?? null;
    effects.push(
      before === null
        ? addition(tenant.number, after, origin, newFields)
        : {
            write: 'employee',
            tenant: tenant.number,
            before,
            after,
            fields: withoutTimes(changedFields(before, after)),
            origin,
          },
    );
    if (task.request.isInvited && facts.request.email !== undefined)
      effects.push({
        write: 'invitation',
        tenant: tenant.number,
        invitation: invitationTo(after, facts.request.email, origin),
      });
    roster.put(after);
    hired.push(after);
    const verdicts = fieldResultsFor(facts, facts.employee, after, NO_LOGIN, tenant.parts.secondLocale);
    records.push({ employee: after.id, verdicts });
  }
  return {
    answer: { tenant, records, staffs: hired.flatMap((employee) => updatedStaff(employee, logins)) },
    effects: [...withOrigin(logins.effects, origin), ...effects],
  };
}

function newFields(after: Employee): ChangedFields {
  return withoutTimes(changedFields(null, after));
}

const NO_LOGIN = { mobile: false, email: false } as const;

function mobileOf({ staff }: NewcomerRequest, variant: UpdateVariant): string | undefined {
  const phone = phoneOf(staff, variant);
  return phone === undefined || phone === null ? undefined : e164(phone);
}

function questionsOf(tasks: readonly CreateTask[], variant: UpdateVariant): RosterQuestions {
  return {
    mobiles: [...new Set(tasks.flatMap(({ request }) => mobileOf(request, variant) ?? []))],
    emails: [...new Set(tasks.flatMap(({ request: { staff } }) => (staff.email ? normalizeEmail(staff.email) : [])))],
    userids: [...new Set(tasks.flatMap(({ request }) => request.userid ?? []))],
  };
}

/** The accounts that one of the phones, mails or ids is of. */
function accountsNamed(
  { mobiles, emails, userids }: RosterQuestions,
  logins: LoginIndex,
): readonly AccountWithMemberships[] {
  return [
    ...mobiles.flatMap((mobile) => logins.registered('mobile', mobile) ?? []),
    ...emails.flatMap((email) => logins.registered('email', email) ?? []),
    ...userids.flatMap((userid) => logins.account(userid) ?? []),
  ];
}

function factsOf(
  task: CreateTask,
  tenant: Tenant,
  {
    roster,
    logins,
    persons,
  }: { readonly roster: CandidateIndex; readonly logins: LoginIndex; readonly persons: Persons },
  { addition, variant, newcomers, origin }: CreateContext,
): CreateFacts {
  const { request: newcomer } = task;
  const { staff, userid, external } = newcomer;
  const mobile = mobileOf(newcomer, variant);
  const mail = staff.email ? normalizeEmail(staff.email) : undefined;
  const registeredPhone = mobile === undefined ? undefined : logins.registered('mobile', mobile);
  const registeredMail = mail === undefined ? undefined : logins.registered('email', mail);
  const byPhone = mobile === undefined ? [] : roster.withMobile(mobile, registeredPhone?.id);
  const byMail = mail === undefined ? [] : roster.withEmail(mail, registeredMail?.id);
  const namesakes: readonly ContactHolder[] = [
    ...byPhone.map((employee): ContactHolder => ({ field: 'cellphone', value: staff.cellphone ?? '', employee })),
    ...byMail.map((employee): ContactHolder => ({ field: 'email', value: staff.email ?? '', employee })),
  ];
  // Someone who left is here again, unless it is asked that the newcomer be somebody else (contract 5.3) [public].
  const returning = newcomer.usesNewAccount
    ? undefined
    : namesakes.find(({ employee }) => !isActive(employee))?.employee;
  const ofHere = (employee: Employee): EmployeeOf => ({
    employee,
    tenant: tenant.number,
    tenantInUse: tenant.isInUse,
  });
  const elsewhere = (user: string): readonly EmployeeOf[] =>
    persons.withUser(user).filter((one) => one.tenant !== tenant.number);
  const blank = newcomers.employee(tenant, task.id, plainText(staff.name ?? ''), origin.at);
  return {
    request: staff,
    newcomer,
    addition,
    variant,
    logins,
    employee: returning ?? blank,
    phone: phoneOf(staff, variant),
    departments: departmentsNamed(inDepartments(newcomer), { external }, tenant, variant),
    form: staff.staffCustomForm === undefined ? undefined : readForm(staff.staffCustomForm, tenant, variant.by),
    namesakes,
    returning,
    registeredPhone,
    registeredMail,
    namedAlike: userid === undefined ? [] : [...roster.withUser(userid).map(ofHere), ...elsewhere(userid)],
    accountNamed: userid === undefined ? undefined : logins.account(userid),
    persons,
    isStaffTaken: (id) => roster.hasStaff(id),
  };
}

/** A default that is not among the departments need not exist: the first of these takes its place [public: contacts/add-staffs.md]. */
function inDepartments({
  staff: { departments, defaultDepartment },
}: NewcomerRequest): Pick<NewcomerRequest['staff'], 'departments' | 'defaultDepartment'> {
  const isAmong = defaultDepartment !== undefined && departments?.includes(defaultDepartment) === true;
  return { departments, defaultDepartment: isAmong ? defaultDepartment : departments?.[0] };
}

/** Builds the employee record: a new one, or the existing one of a returning employee. */
function buildRecord(
  task: CreateTask,
  facts: CreateFacts,
  tenant: Tenant,
  seated: boolean,
  { origin }: CreateContext,
): Employee {
  const { newcomer, registeredPhone, registeredMail, employee, returning } = facts;
  const patch: EmployeePatch = patchOf(facts, tenant, origin);
  const common = { ...patch, external: newcomer.external, seated };
  const registered = registeredPhone ?? personNamed(facts) ?? registeredMail;
  if (returning !== undefined) {
    const account = employee.account ?? registered?.id ?? task.user;
    const back = { ...common, status: 'regular', leftOn: null, account } as const;
    return updateEmployee(employee, back, origin.at, { touch: true }).after;
  }
  const user = userFor(facts) ?? task.user;
  const { corporationId } = settingsOf(tenant);
  const leftBefore = facts.namesakes.length > 0;
  const usual = `${corporationId}:${user}`;
  // With `useNewAccount` the second half is the system's (contract 2.7 and 5.3) [public: contacts/add-staffs.md].
  const isUnusual = newcomer.usesNewAccount || leftBefore || facts.isStaffTaken(usual);
  const staff = isUnusual ? `${corporationId}:${task.half}` : usual;
  const ids = { [spaces.staff]: staff, [spaces.user]: user };
  return updateEmployee(employee, { ...common, ids, account: registered?.id ?? user }, origin.at, { touch: true })
    .after;
}

/**
 * The id of the person: what was sent gives way to that of the account which is registered with the phone [public:
 * contacts/add-staffs.md], and is that of the account with the phone or mail where it is the same person's; where none was
 * sent that of the account which is registered with the mail (hose-more 6, rows 2 and 2b).
 */
function userFor(facts: CreateFacts): string | undefined {
  const { newcomer, registeredPhone, registeredMail, persons } = facts;
  if (registeredPhone !== undefined) return persons.userOf(registeredPhone);
  if (newcomer.userid === undefined) return registeredMail === undefined ? undefined : persons.userOf(registeredMail);
  const named = personNamed(facts);
  return named === undefined ? newcomer.userid : persons.userOf(named);
}

/** Logins of a new account are the ones given, of one that was there before what they were [proposed]. */
function register(facts: CreateFacts, after: Employee, tenant: Tenant): void {
  const { logins, employee, registeredPhone, registeredMail, phone, request } = facts;
  if (after.account === null || employee.account !== null) return;
  if (registeredPhone !== undefined || registeredMail !== undefined || personNamed(facts) !== undefined) return;
  const member = { tenant: tenant.number, employee: after.id, tenantInUse: tenant.isInUse };
  if (phone !== undefined && phone !== null) logins.give('mobile', e164(phone), after.account, member);
  if (request.email !== undefined) logins.give('email', normalizeEmail(request.email), after.account, member);
}

function invitationTo({ id: employee }: Employee, address: string, { operation, request, at }: Origin): Invitation {
  return { employee, channel: 'mail', address, dialect: 'hose', operation, request: request ?? '', at };
}
