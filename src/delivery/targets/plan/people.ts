import type { FieldName, FieldRow, LivePerson, LiveValue, Words } from '../../../connectors/connector.ts';
import type { Changes, Intent, LiveValues, OperationRow, Operation } from '../../../connectors/writing.ts';
import type { Consent, TargetSettings } from '../../../directory/targets/target.ts';
import { customPairs } from '../custom-fields.ts';
import { linked } from '../drift.ts';
import { isNormalised } from '../normalised.ts';
import type { OwnCompany, OwnPerson } from '../own-people.ts';
import { decide, isNone, type ReportReason } from './authority.ts';
import type { Braked } from './brake.ts';
import { countedOf, isTold } from './counts/counted.ts';

/** What a platform can do, as far as deciding what shall be done needs it. */
export interface PlatformFacts {
  readonly fields: readonly FieldRow[];
  readonly operations: Readonly<Partial<Record<Operation, OperationRow>>>;
  readonly spaces: { readonly person: string; readonly field: string | null };
  /** Our company's own fields. */
  readonly customFields: OwnCompany['customFields'];
}

/** Our ids by theirs. */
export interface LiveLinks {
  readonly departments: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
}

/** How one person is planned for. */
export interface PersonTask {
  readonly own: OwnPerson;
  /** Null: the person is not there. */
  readonly live: LivePerson | null;
  /** Values that both last agreed on; absent: they never did. */
  readonly base?: LiveValues;
}

/** What is asked for, and what is only said. */
export interface PersonWork {
  readonly intents: readonly Intent[];
  readonly counts: readonly Braked[];
  /** Fields whose value was changed there and is taken away. */
  readonly overwrites: readonly string[];
  readonly reports: readonly PlanReport[];
}

/** A difference that the plan leaves as it is, with the reason. */
export interface PlanReport {
  readonly subject: string;
  readonly name: string;
  readonly field: string | null;
  readonly why:
    | ReportReason
    | LeftReason
    | UnknownReason
    | 'accept'
    | 'not-wanted'
    | 'changed-since'
    | 'unknown-before'
    | 'unreadable';
  /** What more there is to say, such as the right that is missing. */
  readonly detail?: Words;
}

/** Why nothing is done about one of ours: a person decides who that is there. */
export type UnknownReason =
  /** A key finds several there, or somebody else. */
  | 'undecided'
  /** Was linked, and is no longer there. */
  | 'lost';

/** What is said of one of ours who left there, or may have. */
export type LeftReason =
  /** The record that the person left comes back, by `people.return`. */
  | 'comes-back'
  /** Somebody who left has one of the keys; the record cannot come back, or has another name. */
  | 'left-alike'
  /** People who left could not be looked up. */
  | 'maybe-left';

type Rules = Pick<TargetSettings, 'authority' | 'people'>;

/** Decides what is done about one person. */
export function workOn(task: PersonTask, rules: Rules, facts: PlatformFacts, links: LiveLinks): PersonWork {
  const { own, live } = task;
  const { id: subject, name } = own;
  if (live === null) return own.isInService ? creating(own, rules, facts) : NONE;
  if (!own.isInService) {
    if (!live.isInService) return NONE;
    return wanted('leave', rules.people?.leave, own, { operation: 'leave', subject, liveId: live.id });
  }
  if (!live.isInService) {
    const values = givenValues(own, rules, facts);
    return wanted('return', rules.people?.return, own, { operation: 'return', subject, liveId: live.id, values });
  }
  const { changes, counts, overwrites, reports } = changesOf(task, rules, facts, links);
  const { frozen, ...fields } = changes;
  const isApart = facts.operations.freeze !== undefined && frozen !== undefined;
  const shared: Changes = isApart ? fields : changes;
  const custom = customOf(task, rules, facts);
  const hasUpdate = Object.keys(shared).length > 0 || Object.keys(custom).length > 0;
  return {
    intents: [
      ...(hasUpdate
        ? [
            {
              operation: 'update' as const,
              subject,
              liveId: live.id,
              fields: shared,
              ...(Object.keys(custom).length === 0 ? {} : { custom }),
            },
          ]
        : []),
      ...(isApart ? [{ operation: 'freeze' as const, subject, liveId: live.id, frozen: frozen.to === true }] : []),
    ],
    counts: [...counts, ...Object.values(custom).flatMap(({ to }): Braked[] => (isNone(to) ? ['clear'] : []))],
    overwrites,
    reports: reports.map((one) => ({ subject, name, ...one })),
  };
}

const NONE: PersonWork = { intents: [], counts: [], overwrites: [], reports: [] };

function changesOf(
  { own, live, base }: PersonTask,
  { authority = {} }: Rules,
  { fields }: PlatformFacts,
  links: LiveLinks,
): {
  readonly changes: Changes;
  readonly counts: readonly Braked[];
  readonly overwrites: readonly string[];
  readonly reports: readonly Pick<PlanReport, 'field' | 'why'>[];
} {
  const changes: Partial<Record<FieldName, { from?: LiveValue; to: LiveValue }>> = {};
  const counts: Braked[] = [];
  const overwrites: string[] = [];
  const reports: Pick<PlanReport, 'field' | 'why'>[] = [];
  for (const { field, write, effects = [], same = asIs } of fields) {
    const whose = authority[field] ?? 'hands-off';
    const read = live?.values[field];
    const theirs = read === undefined ? undefined : same(linked(field, read, links.departments, links.people));
    const agreed = base?.[field];
    const ours = same(own.values[field]);
    if (theirs !== undefined && isNormalised(base, field, ours, theirs)) continue;
    const decision = decide(whose, {
      ours,
      ...(theirs === undefined ? {} : { theirs }),
      ...(agreed === undefined ? {} : { base: same(agreed) }),
    });
    if (decision.do === 'accept') reports.push({ field, why: 'accept' });
    if (decision.do === 'report') reports.push({ field, why: decision.why });
    if (decision.do !== 'write' || write === null) continue;
    changes[field] = { ...(theirs === undefined ? {} : { from: theirs }), to: ours };
    if (decision.isOverwrite) overwrites.push(field);
    counts.push(...countedOf({ field, effects }, ours, decision.isOverwrite));
  }
  return { changes, counts, overwrites, reports };
}

/** Returns the changes of texts that the company invented, by the platform's name of each. */
function customOf(
  { own, live, base }: PersonTask,
  { authority = {} }: Rules,
  { spaces, customFields }: PlatformFacts,
): Readonly<Record<string, { readonly from: LiveValue; readonly to: LiveValue }>> {
  if (live === null || authority['custom'] !== 'ours') return {};
  const agreed: Readonly<Record<string, LiveValue | undefined>> = base ?? {};
  return Object.fromEntries(
    customPairs(customFields, own.custom, live, spaces.field).flatMap(({ key, ours, theirs }) => {
      // What only the platform has is kept, unless both once had it: then it was cleared here.
      const isKept = isNone(ours) && isNone(agreed[`custom:${key}`]);
      return ours === theirs || isKept ? [] : [[key, { from: theirs, to: ours }]];
    }),
  );
}

function creating(own: OwnPerson, rules: Rules, facts: PlatformFacts): PersonWork {
  const values = createdValues(own, rules, facts);
  const liveId = own.ids[facts.spaces.person] ?? own.id;
  const work = wanted('create', rules.people?.create, own, { operation: 'create', subject: own.id, liveId, values });
  const isTexted = isTold(facts.operations.create?.effects ?? []);
  return work.intents.length > 0 && isTexted ? { ...work, counts: [...work.counts, 'message'] } : work;
}

/** What a person is given who comes back there: all that is not hands off, and what no one can be made without. */
function givenValues(own: OwnPerson, { authority = {} }: Rules, { fields }: PlatformFacts): LiveValues {
  return Object.fromEntries(
    fields.flatMap(({ field, write, same = asIs }) => {
      const isHandsOff = (authority[field] ?? 'hands-off') === 'hands-off';
      const value = own.values[field];
      if (write === null || isNone(value) || (isHandsOff && !NEEDED.has(field))) return [];
      // Zero and false are what every new person has.
      return value === 0 || value === false ? [] : [[field, same(value)]];
    }),
  );
}

/** What a person is given who is made there: whatever we hold, as no value of theirs can be lost yet. */
function createdValues(own: OwnPerson, rules: Rules, facts: PlatformFacts): LiveValues {
  const unnamed = facts.fields.filter(({ field }) => rules.authority?.[field] === undefined);
  const authority = { ...Object.fromEntries(unnamed.map(({ field }) => [field, 'ours' as const])), ...rules.authority };
  return givenValues(own, { ...rules, authority }, facts);
}

const NEEDED: ReadonlySet<FieldName> = new Set(['name', 'mobile', 'email', 'department', 'mainDepartment']);

function wanted(
  what: Braked & ('create' | 'leave' | 'return'),
  consent: Consent | undefined,
  own: OwnPerson,
  intent: Intent,
): PersonWork {
  if (consent === 'no') {
    return { ...NONE, reports: [{ subject: own.id, name: own.name, field: null, why: 'not-wanted' }] };
  }
  return { ...NONE, intents: [intent], counts: [what] };
}

function asIs(value: LiveValue): LiveValue {
  return value;
}

const LEFT_REASONS: ReadonlySet<string> = new Set<LeftReason>(['comes-back', 'left-alike', 'maybe-left']);

/** Whether a report is about somebody who left there, and not about something that stays as it is. */
export function isOfLeft({ why }: { readonly why: string }): boolean {
  return LEFT_REASONS.has(why);
}

/** The reasons of a report in words. */
export const REPORT_WORDS: Readonly<Record<PlanReport['why'], Words>> = {
  'only-theirs': { en: 'only theirs, kept', zh: '仅平台有值，保留' },
  'theirs-counts': { en: 'theirs counts', zh: '以平台为准' },
  conflict: { en: 'both changed', zh: '双方均有改动' },
  'never-agreed': {
    en: 'never agreed on, so not known who changed it: decide it by drift',
    zh: '从未一致过，不知道是哪一方改动：请在差异中决定',
  },
  'given-once': { en: 'given once, theirs since', zh: '仅首次写入，之后以平台为准' },
  accept: { en: 'theirs belongs in our record', zh: '应采纳平台的值' },
  'changed-since': { en: 'changed since: it stays', zh: '此后已被修改，保持不变' },
  'unknown-before': { en: 'the value before is unknown', zh: '不知道之前的值' },
  unreadable: { en: 'no read shows it', zh: '无法读取' },
  'comes-back': {
    en: 'left there: that record comes back, as people.return says, instead of a second one',
    zh: '曾在平台离职：按 people.return 恢复原记录，不新建第二条',
  },
  'left-alike': {
    en: 'somebody who left there has the same id, mobile, mail or job number, under another name or for too long to come back: create makes a second record',
    zh: '平台上有离职人员的标识、手机号、邮箱或工号与此人相同，但姓名不同或已不可恢复：新建将产生第二条记录',
  },
  'maybe-left': {
    en: 'may have left there, which could not be looked up: create may make a second record',
    zh: '可能曾在平台离职，但无法查询：新建可能产生第二条记录',
  },
  'not-wanted': { en: 'the company file says no', zh: '公司文件设为 no' },
  undecided: {
    en: 'ambiguous, so nothing is sent: say in a file for --adopt who it is there, or remove the link',
    zh: '无法确定是平台上的哪一位，不发送：在 --adopt 的文件中指定，或删除该对应关系',
  },
  lost: {
    en: 'was linked and is no longer there, so nothing is sent: say who it is in a file for --adopt, or remove the link to have somebody made',
    zh: '曾关联，但平台上已不存在，不发送：在 --adopt 的文件中指定，或删除该对应关系以重新创建',
  },
};
