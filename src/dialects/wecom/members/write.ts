import type { Origin } from '../../../directory/history/change.ts';
import type { CatalogEntry } from '../../../directory/catalog.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { addition } from '../../../directory/employees/employee-addition.ts';
import { updateEmployee } from '../../../directory/employees/employee-update.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import { load, loadAll, type Decision, type Effect, type StoreTask } from '../../../directory/store.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { fieldResults, type FieldResult } from '../../../directory/verdict.ts';
import { DIALECT, isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { memberDraftOf, memberPatchOf, type MemberDraft } from './draft.ts';
import { leaderNamed, memberClaims, applyFields } from './fields.ts';
import { pickMember, checkMemberVisible } from '../auth/member-access.ts';
import { isMember } from '../model/member-status.ts';
import { giveMailbox } from './mailbox-fields.ts';
import { leaveCompany } from './leave.ts';
import { placeNewcomer, type MakeDepartment } from './place-newcomer.ts';
import { listedMemberOf } from './view.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import type { RosterOption } from '../model/roster-fields.ts';
import { settingsIn, wecomSettings } from '../model/settings.ts';
import type { JsonObject } from '../protocol/wire.ts';

/** What became of a write of the contacts. */
export type MemberWriteResult =
  | {
      readonly employee: string;
      readonly verdicts: readonly FieldResult[];
      /** Departments that were made with a newcomer. */
      readonly made?: readonly object[];
      /** The member that was made. */
      readonly newcomer?: Employee;
    }
  | { readonly employee?: string; readonly refusal: Refusal };

/** One member to be written, as asked for. */
export interface MemberRequest {
  readonly userid: string;
  readonly members: JsonObject;
}

/** What was made for a write, outside of it. */
export interface RecordMakers {
  readonly makeTitle: (tenant: Tenant, name: string) => CatalogEntry;
  readonly makeEmployee: (tenant: Tenant) => Employee;
  readonly makeDepartment: MakeDepartment;
}

/**
 * 更新成员: what is said is changed, all of it or nothing. An import makes departments that there are not, as user/create
 * does. (wecom-more 6.3)
 */
export function* updateMember(
  asking: Caller,
  request: MemberRequest,
  fresh: RecordMakers,
  origin: Origin,
  makesDepartments = false,
): StoreTask<Decision<MemberWriteResult>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const facts = yield* loadFacts(request, caller, null);
  const member = pickMember(facts.named);
  const problem = checkMemberVisible(caller, member);
  if (member === undefined || problem !== null)
    return refuse(refusalOf(problem ?? { kind: 'left', subject: 'userid' }), member);
  const asked = request.members['department'] as readonly number[] | undefined;
  const placed =
    makesDepartments && asked !== undefined
      ? placeNewcomer(caller.tenant, asked, fresh.makeDepartment, origin.at)
      : { tenant: caller.tenant, department: asked };
  if ('problem' in placed) return refuse(placed, member);
  const { tenant, department } = placed;
  const draft = draftFrom(tenant, facts, fresh, { before: member, isNew: false, at: origin.at });
  const shown = listedMemberOf(caller, member, undefined);
  const members = department === asked ? request.members : { ...request.members, department };
  const refusal = applyFields(draft, members, shown);
  if (refusal !== null) return refuse(refusal, member);
  const { after, fields } = updateEmployee(member, memberPatchOf(draft), origin.at);
  const effects = companyEffects(draft, caller.tenant);
  if (after !== member)
    effects.push({ write: 'employee', tenant: tenant.number, before: member, after, fields, origin });
  return { answer: { employee: member.id, verdicts: fieldResults(draft.given, member, after) }, effects };
}

/** 创建成员: a newcomer, known to every platform. */
export function* createMember(
  asking: Caller,
  request: MemberRequest,
  fresh: RecordMakers,
  origin: Origin,
): StoreTask<Decision<MemberWriteResult>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { biz_mail_domain: domain, member_limit: limit } = settingsIn(caller.tenant);
  const facts = yield* loadFacts(request, caller, domain === undefined ? null : `${request.userid}@${domain}`);
  // One who left keeps the userid for a return; another may have it meanwhile. [proposed]
  const holder = facts.named.find(isMember);
  if (holder !== undefined)
    return refuse({ problem: { kind: 'taken', subject: 'userid' }, returned: errcodes.useridExisted }, holder);
  if (limit !== undefined && (yield* hasNoPlace(caller.tenant, limit)))
    return refuse({ problem: { kind: 'too-long', subject: 'members', limit }, returned: errcodes.tooManyMembers });
  const asked = request.members['department'] as readonly number[] | undefined;
  const placed = placeNewcomer(caller.tenant, asked, fresh.makeDepartment, origin.at);
  if ('problem' in placed) return refuse(placed);
  const { tenant, department, made } = placed;
  const newcomer = namedSo(fresh.makeEmployee(tenant), request.userid, tenant);
  const draft = draftFrom(tenant, facts, fresh, { before: newcomer, isNew: true, at: origin.at });
  // Without departments `order` is refused as ever.
  const members =
    asked === undefined && 'order' in request.members ? request.members : { ...request.members, department };
  const refusal = applyFields(draft, members, {});
  if (refusal !== null) return refuse(refusal);
  giveMailbox(draft, request.userid);
  // 邀请 is on unless it is switched off. [public: 90195]
  if (request.members['to_invite'] !== false) draft.wecom = { ...draft.wecom, invitedAt: origin.at };
  const { after } = updateEmployee(newcomer, memberPatchOf(draft), origin.at);
  return {
    answer: {
      employee: after.id,
      verdicts: fieldResults(draft.given, newcomer, after),
      ...(made.length === 0 ? {} : { made }),
      newcomer: after,
    },
    effects: [...companyEffects(draft, caller.tenant), addition(tenant.number, after, origin)],
  };
}

/** Whether a company has as many members as it may have; who will not come is none. */
function* hasNoPlace({ number: tenant }: Tenant, limit: number): StoreTask<boolean> {
  const people = yield* load('headcount', { tenant });
  if (people < limit) return false;
  return people - (yield* load('to-come', { tenant, space: `id:${USERID}`, cancelled: true })) >= limit;
}

/** 删除成员: the person leaves the company on all platforms; the record stays for a return. [proposed: wecom.md 6] */
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
  if (isCreator(tenant, folded)) return refuse(CREATOR_STAYS, member);
  const effects = yield* leaveCompany(tenant, [member], origin);
  return { answer: { employee: member.id, verdicts: [{ field: 'userid', verdict: 'applied' }] }, effects };
}

/** The members that were deleted, or why none was. */
export type MembersDeleted = { readonly employees: readonly string[] } | { readonly refusal: Refusal };

/** 批量删除成员: all of them or none; one unknown userid refuses the whole. [public: 90199] */
export function* deleteMembers(
  asking: Caller,
  userids: readonly string[],
  origin: Origin,
): StoreTask<Decision<MembersDeleted>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return { answer: { refusal: refusalOf(caller) }, effects: [] };
  const { tenant } = caller;
  const folded = [...new Set(userids.map(foldUserid))];
  const found = yield* load('employees-by', { tenant: tenant.number, space: `id:${USERID}`, values: folded });
  const leavers: Employee[] = [];
  for (const userid of folded) {
    const member = pickMember(found.get(userid));
    if (member === undefined || checkMemberVisible(caller, member) !== null)
      return { answer: { refusal: invalidValue('useridlist', errcodes.invalidUseridList) }, effects: [] };
    leavers.push(member);
  }
  if (folded.some((userid) => isCreator(tenant, userid))) return { answer: { refusal: CREATOR_STAYS }, effects: [] };
  const effects = yield* leaveCompany(tenant, leavers, origin);
  return { answer: { employees: leavers.map(({ id }) => id) }, effects };
}

const CREATOR_STAYS: Refusal = {
  problem: { kind: 'locked', subject: 'userid' },
  returned: errcodes.creatorStays,
};

function isCreator(tenant: Tenant, folded: string): boolean {
  const { creator } = settingsIn(tenant);
  return creator !== undefined && foldUserid(creator) === folded;
}

/** Everything that decides a write, in two round trips. */
interface Facts extends Pick<MemberDraft, 'holders' | 'namesakes' | 'leader' | 'above'> {
  /** Who has the userid, or had it. */
  readonly named: readonly Employee[];
}

function* loadFacts(
  { userid, members }: MemberRequest,
  { tenant: { number: tenant } }: Caller,
  mailbox: string | null,
): StoreTask<Facts> {
  const folded = foldUserid(userid);
  const leaderUserid = leaderNamed(members);
  const { new_userid } = members;
  const next = typeof new_userid === 'string' && new_userid !== '' ? foldUserid(new_userid) : null;
  const userids = [...new Set([folded, leaderUserid, next])].filter((one) => one !== null);
  const claims = [...memberClaims(members, mailbox)];
  const [people, ...held] = yield* loadAll('employees-by', [
    { tenant, space: `id:${USERID}`, values: userids },
    ...claims.map(([space, values]) => ({ tenant, space, values })),
  ]);
  const holders = new Map<LookupSpace, ReadonlyMap<string, readonly Employee[]>>();
  claims.forEach(([space], index) => holders.set(space, held[index] ?? new Map<string, Employee[]>()));
  const leader = leaderUserid === null ? undefined : people?.get(leaderUserid)?.find(isMember);
  const above =
    leader === undefined ? new Set<string>() : yield* load('line-above', { tenant, line: 'direct', from: [leader.id] });
  const namesakes = next === null ? [] : (people?.get(next) ?? []);
  return { named: people?.get(folded) ?? [], namesakes, holders, leader, above };
}

function draftFrom(
  tenant: Tenant,
  { holders, namesakes, leader, above }: Facts,
  fresh: RecordMakers,
  about: Pick<MemberDraft, 'before' | 'isNew' | 'at'>,
): MemberDraft {
  return memberDraftOf({
    ...about,
    tenant,
    holders,
    namesakes,
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

/** A title, an option or departments that were made, departments that another member leads. `now` is the company before. */
function companyEffects({ tenant, departments, catalogs, positions, at }: MemberDraft, now: Tenant): Effect[] {
  const { parts } = tenant;
  const isSame = departments.every((one, index) => one === parts.departments[index]) && catalogs === parts.catalogs;
  if (tenant === now && isSame && positions.length === 0) return [];
  const settings = positions.length === 0 ? parts.settings : withPositions(parts, positions);
  return [{ write: 'tenant', now, parts: { ...parts, departments, catalogs, settings, updatedAt: at } }];
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
