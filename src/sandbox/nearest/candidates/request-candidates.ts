import type { Dialect } from '../../../dialects/dialect.ts';
import type { Attempt, Candidate } from './candidate.ts';
import { COST, STEP, valuesNamed, type CandidateFacts, type Values } from './candidate-facts.ts';
import type { StepNote } from '../contract.ts';
import { withParameter } from '../draft.ts';
import { misspelt } from './misspelt.ts';

/** So many values of one parameter are tried. */
const MAX_VALUES = 5;
/** What a close value costs less than one that names something else. */
const CLOSE = 0.3;

/** Names another kind of id in the query, or removes a parameter, or gives it another value. */
export function parameterChanges(attempt: Attempt, facts: CandidateFacts, values: Values): readonly Candidate[] {
  const { parameters, needed } = facts.dialect.facts.repairs;
  const sent = new Map(attempt.query);
  // Where some are sent, the operation has hardly another one.
  const isBare = !Object.keys(parameters).some((name) => sent.has(name));
  const kinds = Object.entries(parameters).flatMap(([name, all]) =>
    all
      .filter((one) => sent.get(name) !== one)
      .map((one, index) =>
        queryChange(sent, name, one, (sent.has(name) || isBare ? COST.parameter : COST.last) + STEP * index),
      ),
  );
  const others = [...sent].flatMap(([name, value]) => [
    ...instead(value, name, facts, values).map(({ to, cost, note }) => queryChange(sent, name, to, cost, note)),
    queryChange(sent, name, null, COST.other),
  ]);
  const missing = (needed?.[attempt.route.operation] ?? [])
    .filter((name) => !sent.has(name))
    .flatMap((name) =>
      valuesNamed(values, name)
        .slice(0, 4)
        .map((one, index) => queryChange(sent, name, String(one), COST.parameter + STEP * index, 'example')),
    );
  return [...kinds, ...others, ...missing];
}

function queryChange(
  sent: ReadonlyMap<string, string>,
  name: string,
  to: string | null,
  cost: number,
  note?: StepNote,
): Candidate {
  const from = sent.get(name);
  return {
    cost,
    steps: [
      {
        kind: 'query',
        at: name,
        ...(from === undefined ? {} : { from }),
        ...(to === null ? {} : { to }),
        ...(note === undefined ? {} : { note }),
      },
    ],
    apply: (one) => ({ ...one, query: withParameter(one.query, name, to) }),
  };
}

/** Names something else in the path. */
export function pathChanges(attempt: Attempt, facts: CandidateFacts, values: Values): readonly Candidate[] {
  return Object.entries(attempt.params).flatMap(([name, from]) =>
    instead(from, name, facts, values, 2).map(({ to, cost, note }) => ({
      cost,
      steps: [{ kind: 'path', at: name, from, to, ...(note === undefined ? {} : { note }) } as const],
      apply: (attempted: Attempt) => ({ ...attempted, params: { ...attempted.params, [name]: to } }),
    })),
  );
}

interface Instead {
  readonly to: string;
  readonly cost: number;
  readonly note: StepNote | undefined;
}

const FLAG = /^(?:true|false)$/;

/** What a parameter may be instead: the same by another id, what is written alike, then anything that is there. */
function instead(value: string, name: string, facts: CandidateFacts, values: Values, most = 1): readonly Instead[] {
  const known = valuesNamed(values, name)
    .map(String)
    .filter((one) => one !== value);
  const isReference = facts.isReference(name);
  // Hose writes a dollar before what its paths name.
  const [, sign = '', id = value] = /^(\$?)(.*)$/.exec(value) ?? [];
  const same = isReference ? facts.synonymsOf(id).map((one) => `${sign}${one}`) : [];
  const close = isReference ? misspelt(value, known) : [];
  const rest = known.filter((one) => !close.includes(one) && !same.includes(one)).slice(0, most * MAX_VALUES);
  return [
    ...same.map((to, index) => ({ to, cost: COST.parameter - CLOSE + STEP * index, note: undefined })),
    ...close.map((to, index) => ({ to, cost: COST.path - CLOSE + STEP * index, note: undefined })),
    ...rest.map((to, index) => {
      // A flag turned round asks for the opposite.
      const isOther = isReference || (FLAG.test(value) && FLAG.test(to));
      const cost = COST.path + (isOther ? COST.another : 0) + STEP * index;
      return { to, cost, note: isOther ? ('other' as const) : ('example' as const) };
    }),
  ];
}

const VERSION = /\/v[0-9](?:\.[0-9])?(?=\/)/;

/** Sends it to another version of the same operation. */
export function otherVersions({ route }: Attempt, { dialect }: { readonly dialect: Dialect }): readonly Candidate[] {
  const [from] = VERSION.exec(route.path) ?? [];
  if (from === undefined) return [];
  return dialect.routes.flatMap((other) => {
    const [to] = VERSION.exec(other.path) ?? [];
    const isSame = other.method === route.method && other.path.replace(VERSION, '') === route.path.replace(VERSION, '');
    if (to === undefined || to === from || !isSame) return [];
    return {
      cost: COST.other,
      steps: [{ kind: 'path', at: 'version', from: from.slice(1), to: to.slice(1) } as const],
      apply: (one: Attempt) => ({ ...one, route: other }),
    };
  });
}
