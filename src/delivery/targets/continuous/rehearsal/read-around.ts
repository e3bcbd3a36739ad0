import type { LiveDepartment, LivePerson, LiveRead, LiveValue, Problem } from '../../../../connectors/connector.ts';
import { PASSED_ON } from '../../match.ts';
import type { Context } from '../context.ts';
import type { ToSend } from '../prepare.ts';

/** A chain of leaders, or of departments, is followed so far. */
const MAX_LEVELS = 30;

/**
 * Reads what the answer to some requests depends on: the employees, who leads them, who holds a value that they are to get,
 * and the departments up to the root.
 */
export async function readAround(context: Context, cases: readonly ToSend[]): Promise<LiveRead> {
  const around = new Around(context);
  await around.readPeople(cases);
  await around.readDepartments(cases);
  return around.read();
}

class Around {
  readonly #context: Context;
  readonly #people = new Map<string, LivePerson>();
  readonly #departments = new Map<string, LiveDepartment>();
  readonly #problems: Problem[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  read(): LiveRead {
    const people = [...this.#people.values()];
    return { people, departments: [...this.#departments.values()], unreadable: {}, problems: this.#problems };
  }

  async readPeople(cases: readonly ToSend[]): Promise<void> {
    for (const { about } of cases) if (about.live !== null) this.#people.set(about.live.id, about.live);
    const named = cases.flatMap(({ about: { own, live, references }, requests }) => [
      // An id that is taken already is refused, so who has it belongs to the copy.
      ...(live === null ? requests.flatMap(({ liveId }) => liveId ?? []) : []),
      ...textsOf(live?.values.leader),
      ...textsOf(own.values.leader).flatMap((id) => references.people.get(id) ?? []),
    ]);
    await this.#addPeople([...named, ...(await this.#holders(cases))]);
    const isLeaderSent = cases.some(({ requests }) => requests.some(({ changes }) => changes['leader'] !== undefined));
    // A ring of leaders is refused, so those above belong to the copy as well.
    for (let level = 0, found = isLeaderSent; found && level < MAX_LEVELS; level++) {
      found = await this.#addPeople([...this.#people.values()].flatMap(({ values }) => textsOf(values.leader)));
    }
  }

  async readDepartments(cases: readonly ToSend[]): Promise<void> {
    const ours = cases.flatMap(({ about: { own, references } }) =>
      [...textsOf(own.values.department), ...textsOf(own.values.mainDepartment)].flatMap(
        (id) => references.departments.get(id) ?? [],
      ),
    );
    const theirs = [...this.#people.values()].flatMap(({ values }) => [
      ...textsOf(values.department),
      ...textsOf(values.mainDepartment),
    ]);
    let ids: readonly string[] = [...ours, ...theirs];
    for (let level = 0; level < MAX_LEVELS; level++) {
      const wanted = [...new Set(ids)].filter((id) => !this.#departments.has(id));
      if (wanted.length === 0) return;
      const { live } = this.#context;
      const { found, problems } = await live.run(live.writes.readDepartments(wanted, live.target));
      this.#problems.push(...problems);
      const there = [...found.values()].filter((one): one is LiveDepartment => one !== 'absent');
      for (const one of there) this.#departments.set(one.id, one);
      ids = there.flatMap(({ parent }) => parent ?? []);
    }
  }

  /** Finds who holds the values that employees are to get. Who is to be made was looked for by them already. */
  async #holders(cases: readonly ToSend[]): Promise<readonly string[]> {
    const { live, setup } = this.#context;
    const changes = cases.flatMap(({ about, requests }) =>
      about.live === null ? [] : requests.map((one) => one.changes),
    );
    const ids: string[] = [];
    for (const key of PASSED_ON) {
      const values = [...new Set(changes.flatMap((one) => textsOf(one[key]?.to)))];
      if (values.length === 0) continue;
      const { matches, problems } = await live.run(live.writes.find(key, values, live.target, setup));
      this.#problems.push(...problems);
      ids.push(...[...matches.values()].flat());
    }
    return ids;
  }

  /** Reads people who are not known yet; returns whether there are more now. */
  async #addPeople(ids: readonly string[]): Promise<boolean> {
    const wanted = [...new Set(ids)].filter((id) => !this.#people.has(id));
    if (wanted.length === 0) return false;
    const { live, setup } = this.#context;
    const { found, problems } = await live.run(live.writes.readPeople(wanted, live.target, setup));
    this.#problems.push(...problems);
    const there = [...found.values()].filter((one): one is LivePerson => one !== 'absent');
    for (const one of there) this.#people.set(one.id, one);
    return there.length > 0;
  }
}

function textsOf(value: LiveValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? value : [];
}
