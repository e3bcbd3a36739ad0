import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../../../src/company/generator/random.ts';
import { companyReader } from '../../../../src/company/read.ts';
import { planChanges } from '../../../../src/company/plan/plan.ts';
import { appCaller, type Caller } from '../../../../src/dialects/feishu/auth/caller.ts';
import { answerTo } from '../../../../src/dialects/feishu/protocol/errors.ts';
import { loadFacts, isRefusal } from '../../../../src/dialects/feishu/employees/load-facts.ts';
import { answer, run } from '../../../../src/dialects/feishu/employees/rules.suite.ts';
import { RULES } from '../../../../src/dialects/feishu/employees/rules.ts';
import { firstRefusal } from '../../../../src/dialects/rule.ts';
import { decodePatch } from '../../../../src/dialects/feishu/protocol/wire.ts';
import { dialects } from '../../../../src/dialects/registry.ts';
import type { Employee } from '../../../../src/directory/employees/employee.ts';
import { Tenant } from '../../../../src/directory/tenant.ts';
import { deepEqual, isObject } from '../../../../src/lib/json-equal.ts';
import { randomIds } from '../../../../src/lib/ids.ts';
import { START_TIME, openTestDirectory } from '../../../support/test-directory.ts';
import { nameIn } from '../../../../src/sandbox/catalogue/merge.ts';
import { codeFiles, CODES, companyOf, type Body, type Fragment } from '../code-cases.ts';
import { tokenOf } from '../feishu-client.ts';

/*
 * Which of two faults of one request is answered. The files of the codes say how to get each alone; here every two that do
 * not contradict each other are put into one company and one request.
 */

const PATH = '/open-apis/directory/v1/employees/him?employee_id_type=employee_id&department_id_type=department_id';

/** Stages S6 to S14 of the order of checks, contract 2.8; the codes of others are not among the page's. [derived] */
const ORDER: Readonly<Record<string, readonly number[]>> = {
  S6: [2224001],
  S7: [2224002],
  S8: [2224002, 2221293, 2221182],
  S9: [
    2221164, 2221165, 2221166, 2221109, 2221106, 2221116, 2221107, 2221146, 2221278, 2221129, 2221221, 2221193, 2221191,
    2221210, 2221213, 2221214, 2221231,
  ],
  S10: [
    2221181, 2221292, 2221222, 2221216, 2221217, 2221144, 2221145, 2221223, 2221242, 2221265, 2221263, 2221264, 2221266,
    2221252, 2221254,
  ],
  S11: [2224003],
  S12: [2221113, 2221114, 2221175, 2221176, 2221156, 2221126, 2221255, 2221141, 2221239, 2221238, 2221214, 2221231],
  S13: [2221103, 2221115, 2221104, 2221147, 2221118, 2221240, 2221192],
  S14: [2221125, 2221253, 2221111, 2221112],
};
const places = Object.entries(ORDER).flatMap(([stage, codes]) => codes.map((code) => `${stage} ${String(code)}`));

interface Case {
  readonly code: number;
  readonly when: string;
  readonly place: number;
  readonly company: Fragment;
  readonly body: Body;
}

const cases: readonly Case[] = codeFiles
  .flatMap(([, { response, cases: own }]) =>
    own.map(({ when, stage, company = {}, body }): Case => {
      const { code } = response.body;
      return { code, when, place: places.indexOf(`${stage} ${String(code)}`), company, body };
    }),
  )
  .toSorted((a, b) => a.place - b.place);

/** Both said at once; undefined where they say different things of one and the same. */
function combined(a: unknown, b: unknown): unknown {
  if (deepEqual(a, b)) return a;
  if (Array.isArray(a) && Array.isArray(b)) {
    const names = [...a, ...b].map(nameIn);
    if (names.includes(undefined)) return undefined;
    const things = new Map(a.map((thing: unknown) => [nameIn(thing), thing]));
    for (const thing of b as unknown[]) {
      const name = nameIn(thing);
      const both = things.has(name) ? combined(things.get(name), thing) : thing;
      if (both === undefined) return undefined;
      things.set(name, both);
    }
    return [...things.values()];
  }
  if (!isObject(a) || !isObject(b)) return undefined;
  const members = new Map(Object.entries(a));
  for (const [member, value] of Object.entries(b)) {
    const both = members.has(member) ? combined(members.get(member), value) : value;
    if (both === undefined) return undefined;
    members.set(member, both);
  }
  return Object.fromEntries(members);
}

interface Pair {
  readonly earlier: Case;
  readonly later: Case;
  readonly company: Fragment;
  readonly body: Body;
}

const pairs: readonly Pair[] = cases.flatMap((earlier, index) =>
  cases.slice(index + 1).flatMap((later): readonly Pair[] => {
    const company = combined(earlier.company, later.company) as Fragment | undefined;
    const body = combined(earlier.body, later.body) as Body | undefined;
    return earlier.code === later.code || company === undefined || body === undefined
      ? []
      : [{ earlier, later, company, body }];
  }),
);

const read = companyReader(dialects);
const companies = new Map<string, { readonly caller: Caller; readonly people: readonly Employee[] }>();

/** The company in memory, as a server would have it that was given its file. */
function inMemory(fragment: Fragment): { readonly caller: Caller; readonly people: readonly Employee[] } {
  const text = companyOf('pair', [fragment]);
  const known = companies.get(text);
  if (known !== undefined) return known;
  const work = planChanges(read(text), null, START_TIME, randomIds);
  let step = work.next();
  // It loads logins only, and no employee here has one.
  while (step.done !== true) step = work.next(new Map());
  const { parts, employees } = step.value;
  const tenant = new Tenant({ ...parts, number: 1 });
  const [app] = tenant.parts.apps;
  if (app === undefined) throw new Error('no app');
  const people = employees.flatMap(({ after }) => after ?? []);
  const made = { caller: appCaller(tenant, app), people };
  companies.set(text, made);
  return made;
}

/** Returns the code of the answer, and the codes of all rules that refuse. */
function codesOf({ company, body }: Pick<Case, 'company' | 'body'>): {
  readonly reply: number | undefined;
  readonly found: readonly number[];
} {
  const { caller, people } = inMemory(company);
  const named = { id: 'him', idKind: 'employee_id', departmentKind: 'department_id' } as const;
  const work = loadFacts({ ...named, given: decodePatch(body) }, caller, START_TIME);
  const facts = run(work, (question) => answer(question, people));
  if (isRefusal(facts)) {
    const { code } = answerTo(facts.problem);
    return { reply: code, found: [code] };
  }
  const first = firstRefusal(facts, RULES);
  return {
    reply: first === null ? undefined : answerTo(first.problem).code,
    found: RULES.flatMap((rule) => rule(facts) ?? []).map(({ problem }) => answerTo(problem).code),
  };
}

const alone = new Map<Case, readonly number[]>();

/** The codes of a case without the other one. */
function codesAlone(one: Case): readonly number[] {
  const known = alone.get(one) ?? codesOf(one).found;
  alone.set(one, known);
  return known;
}

const name = ({ earlier, later }: Pair): string =>
  `${String(earlier.code)} ${earlier.when} + ${String(later.code)} ${later.when}`;

test('every case has its place in the order, and every place a case', () => {
  expect(cases.filter(({ place }) => place < 0)).toEqual([]);
  expect(new Set(cases.map(({ code }) => code))).toEqual(new Set(CODES));
});

/*
 * Some pairs are no two faults: one mends the other (who is given a mail no longer lacks one), or both make a third (a
 * leader who has resigned).
 */
const judged = pairs
  .map((pair) => ({ ...pair, ...codesOf(pair) }))
  .filter(({ earlier, later, found }) => {
    const own = new Set([...codesAlone(earlier), ...codesAlone(later)]);
    return found.includes(earlier.code) && found.every((code) => own.has(code));
  });

describe('of two faults the one that comes first in the order', () => {
  test('is told, whichever two they are', () => {
    expect(judged.length).toBeGreaterThan(pairs.length * 0.9);
    expect(judged.filter(({ reply, earlier }) => reply !== earlier.code).map(name)).toEqual([]);
  });

  test('is told over the wire, for some of them', async () => {
    const chance = new SeededRandom(1, 'pairs');
    // The limits of S14 are counted by the store alone.
    const counted = pairs.filter(({ earlier }) => ORDER['S14']?.includes(earlier.code));
    const some = [...Array.from({ length: 60 }, (_, index) => chance.pick(judged, index, 0)), ...counted];
    const directory = await openTestDirectory({ companies: [] });
    for (const [index, pair] of some.entries()) {
      const key = `pair-${String(index)}`;
      await directory.companies.apply(key, companyOf(key, [pair.company]), { plan: false, request: 'test' });
      const headers = { authorization: `Bearer ${await tokenOf(directory, `cli_${key}`, 'secret')}` };
      const answer = await directory.send('PATCH', PATH, { headers, body: pair.body });
      expect(answer.json.code, name(pair)).toBe(pair.earlier.code);
      expect(await directory.history(key, 'him')).toEqual([]);
    }
    await directory.close();
  });
});
