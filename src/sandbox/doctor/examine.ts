import { isObject } from '../../lib/json-equal.ts';
import { Turns } from '../../lib/turns.ts';
import { at } from '../catalogue/answers.ts';
import type { Bilingual } from '../catalogue/entry.ts';
import { hasMessage } from '../catalogue/messages.ts';
import type { Catalogue, PlatformCatalogue } from '../catalogue/read.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { digestOf } from '../journal/secrets.ts';
import type { DoctorReport, FindingView } from './contract.ts';
import type { PlatformFacts, SeenCall } from './finding.ts';
import { findings } from './findings.ts';
import { seenCall, type CallFacts } from './seen-call.ts';

/** So many calls and members of one finding are named. */
const MAX_NAMED = 100;

type Examined = Omit<DoctorReport, 'suppressions'>;

/** Looks for mistakes of each client in entries of the journal, whatever their order. */
export function examine(entries: Iterable<JournalEntry>, catalogue: Catalogue, language: keyof Bilingual): Examined {
  const steps = examining(entries, catalogue, language);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The same of many entries, with others having their turn: a caller decides how long a body is to be looked through. */
export async function examineInTurns(
  entries: Iterable<JournalEntry>,
  catalogue: Catalogue,
  language: keyof Bilingual,
): Promise<Examined> {
  const turns = new Turns();
  const steps = examining(entries, catalogue, language);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const others = turns.next();
    if (others !== undefined) await others;
  }
}

/** Pauses after each entry and each client. */
function* examining(
  entries: Iterable<JournalEntry>,
  catalogue: Catalogue,
  language: keyof Bilingual,
): Generator<undefined, Examined> {
  const sorted = [...entries].toSorted((a, b) => a.at - b.at || a.seq - b.seq);
  const clients = new Map<string, { readonly first: JournalEntry; readonly calls: SeenCall[] }>();
  const facts = new Map<string, Facts | null>();
  const apps = appsOf(sorted);
  for (const entry of sorted) {
    let known = facts.get(entry.platform);
    if (known === undefined) facts.set(entry.platform, (known = factsOf(catalogue.platform(entry.platform))));
    if (known === null) continue;
    const key = `${callerOf(entry)}\n${appOf(entry, apps) ?? ''}`;
    const client = clients.get(key) ?? { first: entry, calls: [] };
    client.calls.push(seenCall(entry, known));
    clients.set(key, client);
    yield;
  }
  const found: FindingView[] = [];
  for (const { first, calls } of clients.values()) {
    const known = facts.get(first.platform) ?? null;
    const whose = { ...first, app: appOf(first, apps) };
    if (known !== null) found.push(...viewsOf(whose, calls, known, language));
    yield;
  }
  const [oldest] = sorted;
  return {
    from: oldest === undefined ? null : new Date(oldest.at).toISOString(),
    calls: sorted.length,
    findings: found,
  };
}

function viewsOf(
  first: JournalEntry,
  calls: readonly SeenCall[],
  facts: Facts,
  language: keyof Bilingual,
): readonly FindingView[] {
  return findings.flatMap((finding): readonly FindingView[] => {
    const occurrences = finding.look(calls, facts);
    if (occurrences.length === 0) return [];
    const shown = [...new Set(occurrences.flatMap((occurrence) => occurrence.calls))];
    return [
      {
        id: finding.id,
        severity: finding.severity,
        platform: first.platform,
        company: first.company,
        app: first.app,
        client: nameOf(first),
        message: finding.message[language],
        remedy: finding.remedy[language],
        count: occurrences.length,
        about: [...new Set(occurrences.map(({ about }) => about))].filter((about) => about !== '').slice(0, MAX_NAMED),
        operations: [...new Set(shown.flatMap(({ operation }) => operation ?? []))],
        requests: shown.map(({ id }) => id).slice(0, MAX_NAMED),
      },
    ];
  });
}

/** The apps of each caller. */
function appsOf(entries: readonly JournalEntry[]): ReadonlyMap<string, ReadonlySet<string>> {
  const apps = new Map<string, Set<string>>();
  for (const entry of entries) {
    if (entry.app === null) continue;
    const caller = callerOf(entry);
    apps.set(caller, (apps.get(caller) ?? new Set()).add(entry.app));
  }
  return apps;
}

/** A call that names no app, as with a wrong token, is of the only app of its caller. */
function appOf(entry: JournalEntry, apps: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const all = apps.get(callerOf(entry));
  const [only = null] = all?.size === 1 ? all : [];
  return entry.app ?? only;
}

function callerOf(entry: JournalEntry): string {
  return [entry.platform, nameOf(entry), entry.client.address].join('\n');
}

/** A client keeps its name from one release to the next. */
function nameOf({ client }: JournalEntry): string {
  return client.userAgent.replaceAll(/\/[\w.+-]+/g, '').trim();
}

type Facts = CallFacts & PlatformFacts;

function factsOf(platform: PlatformCatalogue | null): Facts | null {
  if (platform === null) return null;
  const { client, entries } = platform;
  const codes = new Map(entries.map((entry) => [entry.id, entry]));
  const bySentence = new Map<string, ReturnType<CallFacts['problemOf']>>();
  const [tokenPath = ''] = (client.token.path ?? '').split('?');
  const end = tokenPath.slice(
    tokenPath.lastIndexOf('/', tokenPath.endsWith('/internal') ? tokenPath.length - 10 : undefined),
  );
  return {
    problemOf: (text) => {
      const known = codes.get(text) ?? bySentence.get(text);
      if (known !== undefined) return known;
      const found = entries.find((entry) => hasMessage(entry, text)) ?? null;
      bySentence.set(text, found);
      return found;
    },
    isTokenCall: (method, path) => method === client.token.method && path.replace(/\/$/, '').endsWith(end),
    tokenParameter: client.query ?? null,
    lifetimeOf: (call) => lifetimeOf(call, client.token),
    bulk: client.bulk ?? {},
    ids: { unknown: {}, otherApp: [], declared: {}, same: {}, named: [], ...client.ids },
    timeUnit: client.time === 'milliseconds' ? 1 : 1_000,
    noTokens: ['undefined', 'null', 'None', ''].map(digestOf).concat(''),
  };
}

function lifetimeOf({ answer, at: sent }: SeenCall, token: PlatformCatalogue['client']['token']): number | null {
  if (!isObject(answer)) return null;
  const seconds = token.lifetime === undefined ? undefined : at(answer, token.lifetime);
  if (typeof seconds === 'number') return seconds * 1_000;
  const ends = token.ends === undefined ? undefined : at(answer, token.ends);
  return typeof ends === 'number' ? ends - sent : null;
}
