import type { TSchema } from 'typebox';
import type { Dialect } from '../../dialects/dialect.ts';
import type { RepairFacts } from '../../dialects/dialect-facts.ts';
import { deepEqual, isObject } from '../../lib/json-equal.ts';
import { entriesOf, memberOf, pathsOf } from '../journal/schema-members.ts';
import { bodyChange, type Attempt, type Candidate, type Refused } from './candidate.ts';
import { corrections } from './corrections.ts';
import { placesIn, valueAt, withParameter, type Place } from './draft.ts';
import { settingChanges } from './settings.ts';

/** So many members of a body are looked at, and so many values of one. */
const MAX_MEMBERS = 24;
const MAX_VALUES = 5;

/*
 * What each kind of change costs: first what was refused is corrected or left out, then the setting that decides about the
 * code, then everything else of the request, then who sends it.
 */
const COST = {
  refused: 1,
  parameter: 1.3,
  setting: 1.5,
  path: 1.6,
  missing: 1.7,
  other: 2,
  app: 2.6,
  last: 2.8,
} as const;
/** What one value costs more than the one before it. */
const STEP = 0.05;

/** What candidates are made of. */
export interface CandidateFacts extends RepairFacts {
  readonly dialect: Dialect;
  /** Whether a member of this name holds data about people that is masked. */
  readonly isPersonal: (name: string) => boolean;
}

/** Returns the changes that may make a refused request pass. */
export function candidatesFor(attempt: Attempt, refused: Refused, facts: CandidateFacts): readonly Candidate[] {
  const values = facts.dialect.facts.repairs.values({
    ...facts,
    app: attempt.app,
    query: new URLSearchParams(pairs(attempt)),
  });
  return [
    ...memberChanges(attempt, refused, facts, values),
    ...missingMembers(attempt, refused, facts, values),
    ...parameterChanges(attempt, facts, values),
    ...pathChanges(attempt, values),
    ...settingChanges(attempt.app, refused, facts, COST.setting),
    ...otherVersions(attempt, facts),
    ...otherApps(attempt, facts),
  ];
}

type Values = Readonly<Record<string, readonly unknown[]>>;

/** Corrects or removes each member of the body. */
function memberChanges(
  attempt: Attempt,
  refused: Refused,
  facts: CandidateFacts,
  values: Values,
): readonly Candidate[] {
  const { body } = attempt;
  // A body that is no JSON has no members: it is replaced as a whole.
  if (typeof body === 'string' && attempt.route.body !== undefined) return [bodyChange(body, [], {}, COST.refused)];
  return placesIn(body, MAX_MEMBERS).flatMap((place) => {
    const value = valueAt(body, place);
    const known = isObject(value) ? [] : (values[nameOf(place)] ?? []);
    const isCredential = known.some((one) => one === facts.secret || one === attempt.app.key);
    const cost = isCredential || isRefused(place, body, refused.fields) ? COST.refused : COST.other;
    // Part of a text about a person would be shown, and would not be what was meant.
    const isKept = typeof value === 'string' && facts.isPersonal(nameOf(place).replace('[]', ''));
    const better =
      isObject(value) || isKept ? [] : corrections(value, schemasAt(attempt.route.body, place)).slice(0, MAX_VALUES);
    return [
      ...[...better, ...known.slice(0, MAX_VALUES)]
        .filter((one) => !deepEqual(one, value))
        .map((one, index) =>
          bodyChange(body, place, one, cost + STEP * (index + place.length / 10), better.includes(one)),
        ),
      bodyChange(body, place, undefined, cost + STEP * (4 + place.length / 10)),
    ];
  });
}

/** Adds members that the operation has and the body has not: those of which a value is known. */
function missingMembers(
  attempt: Attempt,
  refused: Refused,
  _facts: CandidateFacts,
  values: Values,
): readonly Candidate[] {
  const { route } = attempt;
  if (route.body === undefined) return [];
  const body = attempt.body ?? {};
  if (!isObject(body)) return [];
  return pathsOf(route.body).flatMap((path) => {
    const place = path.split('.');
    const name = place.at(-1) ?? '';
    const around = valueAt(body, place.slice(0, -1));
    if (valueAt(body, place) !== undefined || !isObject(around)) return [];
    const isNamed = isRefused(place, body, refused.fields);
    const required = requiredIn(schemasAt(route.body, place.slice(0, -1)), name);
    const cost = isNamed ? COST.refused : required ? COST.missing : COST.other + 0.3;
    return (values[name] ?? [])
      .slice(0, isNamed || required ? 3 : 1)
      .map((value, index) => bodyChange(body, place, value, cost + STEP * index));
  });
}

/** Names another kind of id in the query, or removes a parameter, or gives it another value. */
function parameterChanges(attempt: Attempt, { dialect }: CandidateFacts, values: Values): readonly Candidate[] {
  const { parameters } = dialect.facts.repairs;
  const sent = new Map(attempt.query);
  const change = (name: string, to: string | null, cost: number, before = sent.get(name)): Candidate => ({
    cost,
    step: {
      kind: 'query',
      at: name,
      ...(before === undefined ? {} : { from: before }),
      ...(to === null ? {} : { to }),
    },
    apply: (one) => ({ ...one, query: withParameter(one.query, name, to) }),
  });
  // Where some are sent, the operation has hardly another one.
  const isBare = !Object.keys(parameters).some((name) => sent.has(name));
  const kinds = Object.entries(parameters).flatMap(([name, all]) =>
    all
      .filter((one) => sent.get(name) !== one)
      .map((one, index) => change(name, one, (sent.has(name) || isBare ? COST.parameter : COST.last) + STEP * index)),
  );
  const others = [...sent.keys()].flatMap((name) => [
    ...(values[name] ?? [])
      .slice(0, MAX_VALUES)
      .map((one, index) => change(name, String(one), COST.path + STEP * index)),
    change(name, null, COST.other),
  ]);
  const needed = (dialect.facts.repairs.needed?.[attempt.route.operation] ?? [])
    .filter((name) => !sent.has(name))
    .flatMap((name) =>
      (values[name] ?? []).slice(0, 4).map((one, index) => change(name, String(one), COST.parameter + STEP * index)),
    );
  return [...kinds, ...others, ...needed];
}

/** Names something else in the path. */
function pathChanges(attempt: Attempt, values: Values): readonly Candidate[] {
  return Object.entries(attempt.params).flatMap(([name, from]) =>
    (values[name] ?? [])
      .filter((one) => String(one) !== from)
      .slice(0, 2 * MAX_VALUES)
      .map((one, index) => ({
        cost: COST.path + STEP * index,
        step: { kind: 'path', at: name, from, to: String(one) } as const,
        apply: (attempted: Attempt) => ({ ...attempted, params: { ...attempted.params, [name]: String(one) } }),
      })),
  );
}

const VERSION = /\/v[0-9](?:\.[0-9])?(?=\/)/;

/** Sends it to another version of the same operation. */
function otherVersions({ route }: Attempt, { dialect }: CandidateFacts): readonly Candidate[] {
  const [from] = VERSION.exec(route.path) ?? [];
  if (from === undefined) return [];
  return dialect.routes.flatMap((other) => {
    const [to] = VERSION.exec(other.path) ?? [];
    const isSame = other.method === route.method && other.path.replace(VERSION, '') === route.path.replace(VERSION, '');
    if (to === undefined || to === from || !isSame) return [];
    return {
      cost: COST.other,
      step: { kind: 'path', at: 'version', from: from.slice(1), to: to.slice(1) } as const,
      apply: (one: Attempt) => ({ ...one, route: other }),
    };
  });
}

/** Sends it by another app of the company. */
function otherApps(attempt: Attempt, { tenant, dialect }: CandidateFacts): readonly Candidate[] {
  return tenant.parts.apps
    .filter((app) => app.dialect === dialect.name && app.enabled && app.id !== attempt.app.id)
    .slice(0, 4)
    .map((app, index) => ({
      cost: COST.app + STEP * index,
      step: { kind: 'app', at: 'app', from: attempt.app.key, to: app.key } as const,
      apply: (one: Attempt) => ({ ...one, app }),
    }));
}

function pairs({ query }: Attempt): string[][] {
  return query.map(([name, value]) => [name, value]);
}

/** The last name of a place; entries of a list are named by the list and `[]`. */
function nameOf(place: Place): string {
  const last = place.at(-1);
  return typeof last === 'number' ? `${nameOf(place.slice(0, -1))}[]` : (last ?? '');
}

/** Whether one of the refused fields names the place, something in it, or what it is in. */
function isRefused(place: Place, body: unknown, fields: readonly string[]): boolean {
  const names = place.filter((part) => typeof part === 'string');
  const path = names.join('.');
  return fields.some((field) => {
    const plain = field.replaceAll(/\[[^\]]*\]/g, '');
    const [, item] = /\[([^\]*]+)\]$/.exec(field) ?? [];
    if (item !== undefined && isOfItem(place, body, item)) return true;
    return plain === path || plain.startsWith(`${path}.`) || path.startsWith(`${plain}.`) || plain.endsWith(`.${path}`);
  });
}

/** Whether a place is in the entry of a list that an id names, e.g. `update_items[11004]`. */
function isOfItem(place: Place, body: unknown, item: string): boolean {
  return place.some((part, index) => {
    if (typeof part !== 'number') return false;
    const entry = valueAt(body, place.slice(0, index + 1));
    return String(part) === item || (isObject(entry) && Object.values(entry).some((value) => String(value) === item));
  });
}

function schemasAt(schema: TSchema | undefined, place: Place): readonly TSchema[] {
  return place.reduce<readonly TSchema[]>(
    (schemas, part) => (typeof part === 'number' ? entriesOf(schemas) : (memberOf(schemas, part) ?? [])),
    schema === undefined ? [] : [schema],
  );
}

function requiredIn(schemas: readonly TSchema[], name: string): boolean {
  return schemas.some((schema) => {
    const { required } = schema as { readonly required?: unknown };
    return Array.isArray(required) && required.includes(name);
  });
}
