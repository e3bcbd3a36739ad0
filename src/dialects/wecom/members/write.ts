import { changedFields, type Origin } from '../../../directory/change.ts';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import { unlinkReports, resignationPatch } from '../../../directory/employees/employee-leave.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import { load, loadAll, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { fieldResults, type FieldResult } from '../../../directory/verdict.ts';
import { dayInChina } from '../../../lib/day.ts';
import { DIALECT, isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { memberDraftOf, memberPatchOf, type MemberDraft } from './draft.ts';
import { leaderNamed, memberClaims, applyFields } from './fields.ts';
import { pickMember, checkMemberVisible } from '../auth/member-access.ts';
import { isMember } from '../model/member-status.ts';
import type { RosterOption } from '../model/roster-fields.ts';
import { wecomSettings } from '../model/settings.ts';
import type { JsonObject } from '../protocol/wire.ts';

/** What became of a write of the contacts. */
export type MemberWriteResult =
  | { readonly employee: string; readonly verdicts: readonly FieldResult[] }
  | { readonly employee?: string; readonly refusal: Refusal };

/** One member to be written, as asked for. */
export interface MemberRequest {
  readonly userid: string;
  readonly members: JsonObject;
}

/** What was made anew for a write, outside of it. */
export interface RecordMakers {
  readonly makeTitle: (tenant: Tenant, name: string) => CatalogEntry;
  readonly makeEmployee: (tenant: Tenant) => Employee;
}

/** 更新成员: what is said is changed, all of it or nothing. */
export function* updateMember(
  asking: Caller,
  request: MemberRequest,
  fresh: RecordMakers,
  origin: Origin,
): StoreTask<Decision<MemberWriteResult>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const facts = yield* gather(caller, request);
  const member = pickMember(facts.named);
  const problem = checkMemberVisible(caller, member);
  if (member === undefined || problem !== null)
    return refuse(refusalOf(problem ?? { kind: 'left', subject: 'userid' }), member);
  const draft = draftFrom(caller, facts, fresh, { before: member, isNew: false, at: origin.at });
  const refusal = applyFields(draft, request.members);
  if (refusal !== null) return refuse(refusal, member);
  const { after, fields } = updateEmployee(member, memberPatchOf(draft), origin.at);
  const effects = companyEffects(draft);
  if (after !== member)
    effects.push({ write: 'employee', tenant: caller.tenant.number, before: member, after, fields, origin });
  return { answer: { employee: member.id, verdicts: fieldResults(draft.given, member, after) }, effects };
}

/** 创建成员: a newcomer whom every platform knows. */
export function* createMember(
  asking: Caller,
  request: MemberRequest,
  fresh: RecordMakers,
  origin: Origin,
): StoreTask<Decision<MemberWriteResult>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { tenant } = caller;
  const facts = yield* gather(caller, request);
  // One who left keeps the userid for a return; another may have it meanwhile. [proposed]
  const holder = facts.named.find(isMember);
  if (holder !== undefined)
    return refuse({ problem: { kind: 'taken', subject: 'userid' }, returned: errcodes.useridExisted }, holder);
  const newcomer = namedSo(fresh.makeEmployee(tenant), request.userid, tenant);
  const draft = draftFrom(caller, facts, fresh, { before: newcomer, isNew: true, at: origin.at });
  const refusal = applyFields(draft, request.members);
  if (refusal !== null) return refuse(refusal);
  const { after } = updateEmployee(newcomer, memberPatchOf(draft), origin.at);
  const fields = changedFields(null, after);
  return {
    answer: { employee: after.id, verdicts: fieldResults(draft.given, newcomer, after) },
    effects: [
      ...companyEffects(draft),
      { write: 'employee', tenant: tenant.number, before: null, after, fields, origin },
    ],
  };
}

/** 删除成员: the person leaves the company on all platforms; the record stays for a return. [proposed: contract 6] */
export function* deleteMember(asking: Caller, userid: string, origin: Origin): StoreTask<Decision<MemberWriteResult>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { tenant } = caller;
  const folded = foldUserid(userid);
  const found = yield* load('employees-by', { tenant: tenant.number, space: `id:${USERID}`, values: [folded] });
  const member = pickMember(found.get(folded));
  const problem = checkMemberVisible(caller, member);
  if (member === undefined || problem !== null)
    return refuse(refusalOf(problem ?? { kind: 'left', subject: 'userid' }), member);
  const { after, fields } = updateEmployee(member, resignationPatch(dayInChina(origin.at)), origin.at);
  const effects: Effect[] = [{ write: 'employee', tenant: tenant.number, before: member, after, fields, origin }];
  for (const effect of yield* unlinkReports(tenant, member.id, origin)) effects.push(effect);
  return { answer: { employee: member.id, verdicts: [{ field: 'userid', verdict: 'applied' }] }, effects };
}

/** Everything that decides a write, in two round trips. */
interface Facts extends Pick<MemberDraft, 'holders' | 'leader' | 'above'> {
  /** Whoever has the userid, or had it. */
  readonly named: readonly Employee[];
}

function* gather({ tenant: { number: tenant } }: Caller, { userid, members }: MemberRequest): StoreTask<Facts> {
  const folded = foldUserid(userid);
  const leaderUserid = leaderNamed(members);
  const userids = leaderUserid === null ? [folded] : [folded, leaderUserid];
  const claims = memberClaims(members);
  const [people, ...held] = yield* loadAll('employees-by', [
    { tenant, space: `id:${USERID}`, values: userids },
    ...claims.map(([space, value]) => ({ tenant, space, values: [value] })),
  ]);
  const holders = new Map<LookupSpace, ReadonlyMap<string, readonly Employee[]>>();
  claims.forEach(([space], index) => holders.set(space, held[index] ?? new Map<string, Employee[]>()));
  const leader = leaderUserid === null ? undefined : people?.get(leaderUserid)?.find(isMember);
  const above =
    leader === undefined ? new Set<string>() : yield* load('line-above', { tenant, line: 'direct', from: [leader.id] });
  return { named: people?.get(folded) ?? [], holders, leader, above };
}

function draftFrom(
  { tenant }: Caller,
  { holders, leader, above }: Facts,
  fresh: RecordMakers,
  about: Pick<MemberDraft, 'before' | 'isNew' | 'at'>,
): MemberDraft {
  return memberDraftOf({
    ...about,
    tenant,
    holders,
    leader,
    above,
    makeTitle: (name) => fresh.makeTitle(tenant, name),
  });
}

/** A newcomer with the userid asked for, not activated yet and in the root until a department is named. */
function namedSo(newcomer: Employee, userid: string, { departments: { root } }: Tenant): Employee {
  const folded = foldUserid(userid);
  return {
    ...newcomer,
    ids: { ...newcomer.ids, [USERID]: folded },
    ...(userid === folded ? {} : { extensions: { ...newcomer.extensions, wecom: { userid, values: {}, groups: {} } } }),
    departments: [{ department: root.id, rank: null, rankAmongOwn: null }],
    mainDepartment: root.id,
    activation: 'not-activated',
  };
}

/** A title or an option that was made, departments that are led by somebody else. */
function companyEffects({ tenant, departments, catalogs, positions, at }: MemberDraft): Effect[] {
  const { parts } = tenant;
  const isSame = departments.every((one, index) => one === parts.departments[index]) && catalogs === parts.catalogs;
  if (isSame && positions.length === 0) return [];
  const settings = positions.length === 0 ? parts.settings : withPositions(parts, positions);
  return [{ write: 'tenant', now: tenant, parts: { ...parts, departments, catalogs, settings, updatedAt: at } }];
}

function withPositions(parts: TenantData, positions: readonly RosterOption[]): TenantData['settings'] {
  const { roster, ...others } = wecomSettings(parts);
  return {
    ...parts.settings,
    [DIALECT]: { ...others, roster: { ...roster, positions: [...(roster.positions ?? []), ...positions] } },
  };
}

function refuse(refusal: Refusal, member?: Employee): Decision<MemberWriteResult> {
  return { answer: { ...(member === undefined ? {} : { employee: member.id }), refusal }, effects: [] };
}
