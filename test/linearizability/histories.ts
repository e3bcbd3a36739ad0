import { adminOf } from '../support/clients/http.ts';
import { callerOf, type Caller } from './callers.ts';
import { isLinearizable, type Operation } from './checker.ts';
import { peopleModel, type Action, type State } from './people.ts';

/** What the histories came to. */
export interface Judgement {
  readonly histories: number;
  readonly operations: number;
  /** The histories that no order explains. */
  readonly faults: readonly (readonly Operation<Action>[])[];
}

const CALLERS = 6;
const CALLS_EACH = 10;
const PEOPLE = 3;
const MOBILES = 3;

function idsOf(history: number): readonly string[] {
  return Array.from({ length: PEOPLE }, (_, index) => `h${String(history)}p${String(index)}`);
}

/** A company in which every history has people of its own. */
function company(histories: number): string {
  const people = Array.from({ length: histories }, (_, history) => idsOf(history)).flat();
  return `
mingce: 1
key: lin
name: Lin
feishu: { certified: true, rate_limit_enabled: false, apps: [{ app_id: cli_lin, app_secret: s }] }
wecom: { corpid: ww_lin, apps: [{ agentid: 1, secret: s, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }] }
hose: { corporation_id: lin, apps: [{ app_key: lin, app_security: s }] }
departments: [{ id: root, name: Lin, code: "001" }]
employees:
${people.map((id) => `  - { id: ${id}, name: ${id}, job_number: ${id} }`).join('\n')}
`;
}

/**
 * Has callers on all nodes write and read the same few people at once, over all three platforms, and looks whether what
 * they were answered can have happened one after the other.
 */
export async function judgeHistories(
  urls: readonly string[],
  histories: number,
  onHistory: (done: number) => void = () => {},
): Promise<Judgement> {
  const made = await adminOf(urls[0] ?? '').apply('lin', company(histories));
  if (made.status !== 200) throw new Error(made.text);
  const callers = await Promise.all(
    Array.from({ length: CALLERS }, (_, index) =>
      callerOf(urls[index % urls.length] ?? '', index % 2 === 0 ? 'feishu' : 'wecom'),
    ),
  );
  const faults: (readonly Operation<Action>[])[] = [];
  let operations = 0;
  for (let number = 0; number < histories; number++) {
    const history = await record(callers, number);
    operations += history.length;
    const first: State = Object.fromEntries(
      idsOf(number).map((id) => [id, { name: id, jobNumber: id, mobile: '' }] as const),
    );
    if (!isLinearizable(history, peopleModel(first))) faults.push(history);
    onHistory(number + 1);
  }
  return { histories, operations, faults };
}

async function record(callers: readonly Caller[], number: number): Promise<readonly Operation<Action>[]> {
  const ids = idsOf(number);
  const mobiles = Array.from(
    { length: MOBILES },
    (_, index) => `+86139${String(10_000_000 + number * MOBILES + index)}`,
  );
  let fresh = 0;
  const operations: Operation<Action>[] = [];
  await Promise.all(
    callers.map(async (caller) => {
      for (let turn = 0; turn < CALLS_EACH; turn++) {
        const { asked, answer } = choose(caller, ids, mobiles, () => `v${String(number)}x${String(fresh++)}`);
        const from = performance.now();
        const action = await answer;
        const to = performance.now();
        if (action !== null) operations.push({ action, from, to });
        // A read that was not answered says nothing; a write may have happened all the same.
        else if (asked !== null) operations.push({ action: asked, from, to: Infinity });
      }
    }),
  );
  return operations;
}

/** One call at random, and what it will have been if it happens without an answer. */
function choose(
  caller: Caller,
  ids: readonly string[],
  mobiles: readonly string[],
  fresh: () => string,
): { readonly asked: Action | null; readonly answer: Promise<Action | null> } {
  const id = anyOf(ids);
  const kind = Math.random();
  if (kind < 0.2) {
    const name = fresh();
    return { asked: { set: { [id]: { name } } }, answer: caller.setName(id, name) };
  }
  if (kind < 0.4) {
    const jobNumber = fresh();
    return { asked: { set: { [id]: { jobNumber } } }, answer: caller.setJobNumber(id, jobNumber) };
  }
  if (kind < 0.6) {
    const mobile = anyOf(mobiles);
    return { asked: { claim: id, mobile, isTaken: false }, answer: caller.claim(id, mobile) };
  }
  if (kind < 0.75) {
    const people = Object.fromEntries(
      ids.filter((one) => one !== id).map((one) => [one, { name: fresh(), jobNumber: fresh() }]),
    );
    return { asked: { set: people }, answer: caller.setBatch(people) };
  }
  return { asked: null, answer: caller.look(kind < 0.85 ? [id] : ids) };
}

function anyOf<Value>(values: readonly Value[]): Value {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}

/** A history as a person can read it, in order of time. */
export function formatHistory(history: readonly Operation<Action>[]): string {
  return history
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to, action }) => `${from.toFixed(2)} to ${to.toFixed(2)}: ${JSON.stringify(action)}`)
    .join('\n');
}
