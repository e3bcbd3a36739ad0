import type { Dialect, DialectContext, Reply } from '../../dialects/dialect.ts';
import type { EditFacts } from '../../dialects/dialect-facts.ts';
import { isObject } from '../../lib/json-equal.ts';
import { parseJson } from '../../lib/json.ts';
import type { OwnCallBody } from '../acting/contract.ts';
import { madeCall, type MadeCall } from '../acting/app-call.ts';
import { noMask } from '../journal/mask.ts';
import { nearestAttempts } from '../nearest/nearest-attempts.ts';
import { sentenceOf } from '../nearest/sentence.ts';
import { unsentEntry } from '../nearest/unsent-entry.ts';
import { NotRunError } from '../replay/rebuilt-call.ts';
import { checkedCall } from './checked-call.ts';
import type { NearestBody, PlatformCheck } from './contract.ts';
import { dryRun } from './dry-run.ts';
import { memberAt, namedFields, writtenField, type WrittenMembers } from './written-fields.ts';
import type { Language } from '../../lib/language.ts';

/** What is judged, and where. */
export interface PersonEdit extends EditFacts {
  readonly context: DialectContext;
  readonly origin: string;
  /** The platform for which the nearest call that passes is looked for. */
  readonly nearest: string | undefined;
  readonly language: Language;
}

/** Says what a platform would make of new values of a person: by its own update, without writing. */
export async function platformCheck(dialect: Dialect, edit: PersonEdit): Promise<PlatformCheck> {
  const { tenant, edits, context, origin } = edit;
  const { left, members, operation, params, query, body, suits } = dialect.facts.edit(edit);
  const platform = dialect.name;
  const apps = tenant.parts.apps.filter((app) => app.dialect === platform && app.enabled);
  const app = apps.find(suits) ?? apps[0];
  const none = { platform, call: null, left, named: {}, checked: null, nearest: null };
  if (app === undefined || left.length === Object.keys(edits).length) return none;
  const call = { platform, app: app.key, operation, params, query, body };
  const made = madeCall({ dialect, tenant, app, context, origin }, call);
  if (made === null) return none;
  const reply = await dryRun(made.route, made.call, made.context);
  const text = typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
  const parsed = parseJson(new TextEncoder().encode(text));
  const answer = parsed.ok ? parsed.value : text;
  const checked = checkedCall(made.route, made.call, reply, answer, dialect.memberNames);
  const isAsked = edit.nearest === platform && checked.outcome !== 'ok';
  const nearest = isAsked ? await nearestBody({ dialect, call, members, made, reply }, edit) : null;
  const judged = checked.fields.map(({ field }) => field);
  return { platform, call, left, named: namedFields(members, judged), checked, nearest };
}

/** Finds the body nearest to a refused one that passes. What needs another app, or a setting, is no matter of a form. */
async function nearestBody(
  {
    dialect,
    call,
    members,
    made,
    reply,
  }: {
    readonly dialect: Dialect;
    readonly call: OwnCallBody;
    readonly members: WrittenMembers;
    readonly made: MadeCall;
    readonly reply: Reply;
  },
  { tenant, context, origin, language }: PersonEdit,
): Promise<NearestBody | null> {
  const entry = unsentEntry(made, reply, { dialect, company: tenant.key, app: call.app });
  try {
    const { attempts } = await nearestAttempts(entry, { dialects: [dialect], context, origin, mask: noMask });
    const found = attempts.find(({ steps }) => steps.every(({ kind }) => ['add', 'remove', 'set'].includes(kind)));
    if (found === undefined || !isObject(found.body)) return null;
    const fields = found.steps.flatMap((step) =>
      'at' in step ? (writtenField(members, memberAt(step.at, call.body)) ?? []) : [],
    );
    return {
      text: sentenceOf(found.steps, language),
      fields: [...new Set(fields)],
      call: { ...call, body: found.body },
    };
  } catch (error) {
    if (error instanceof NotRunError) return null;
    throw error;
  }
}
