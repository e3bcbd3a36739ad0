import { setTimeout as sleep } from 'node:timers/promises';
import { disableRateLimits } from '../support/running-server.ts';
import {
  feishuWire,
  hoseWire,
  openLook,
  UnexpectedAnswer,
  wecomWire,
  type OpenWire,
  type Shown,
  type PlatformClient,
} from '../support/clients/crash.ts';

/** What writing among crashes came to. */
export interface CrashReport {
  readonly crashes: number;
  readonly acknowledged: number;
  /** Writes that were cut short or put off, whose end is unknown. */
  readonly undecided: number;
  /** What must not be: an acknowledged write that is gone, a record half written, a damaged file. */
  readonly faults: readonly string[];
}

/** One wire's writes over all rounds: numbered, so that what is read says how far they got. */
interface Writer {
  readonly open: OpenWire;
  readonly people: readonly string[];
  sent: number;
  acknowledged: number;
  /** How many of them. */
  kept: number;
  undecided: number;
}

/** So many writes are acknowledged before a moment that is not to come too soon, or so much time is over. */
const LEAST_WRITES = 60;
const LATEST_MS = 20_000;

const TEAMS: readonly (readonly [OpenWire, readonly string[]])[] = [
  ...['linfeng', 'zhouhao', 'xiaoling', 'pengtao'].map((person) => [feishuWire, [person]] as const),
  ...['hebin', 'zhuli', 'guoqiang', 'songyan'].map((person) => [wecomWire, [person]] as const),
  [hoseWire, ['tangjing', 'fengxia', 'dengchao']],
  [hoseWire, ['xulan', 'caoyun']],
  [hoseWire, ['huangyi']],
];

/** Writes employees of the demo company over three wires at once, and knows what must be readable afterwards. */
export class Writers {
  readonly #writers: readonly Writer[] = TEAMS.map(([open, people]) => {
    return { open, people, sent: 0, acknowledged: 0, kept: 0, undecided: 0 };
  });
  #isStopping = false;

  get acknowledged(): number {
    return this.#writers.reduce((sum, { kept }) => sum + kept, 0);
  }

  get undecided(): number {
    return this.#writers.reduce((sum, { undecided }) => sum + undecided, 0);
  }

  /** Connects every wire, to these servers in turn, and begins to write; the answer ends when all have ended. */
  async begin(urls: readonly string[], turn = 0): Promise<{ readonly ended: Promise<unknown> }> {
    this.#isStopping = false;
    await disableRateLimits(urls[0] ?? '');
    const wires = await Promise.all(
      this.#writers.map((writer, index) =>
        writer.open(urls[(index + turn) % urls.length] ?? '', writer.people).then((wire) => ({ writer, wire })),
      ),
    );
    return { ended: Promise.all(wires.map(({ writer, wire }) => this.#writeOn(writer, wire))) };
  }

  /** Lets every wire end with the write it is at. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Resolves when every wire has had one more write acknowledged, or more than so many milliseconds are over. */
  async nextKept(withinMs: number): Promise<boolean> {
    const before = this.#writers.map(({ kept }) => kept);
    const end = performance.now() + withinMs;
    while (this.#writers.some(({ kept }, index) => kept === before[index])) {
      if (performance.now() > end) return false;
      await sleep(10);
    }
    return true;
  }

  /**
   * Waits for a moment to strike at: in odd rounds any time from the first write on, in even ones after further acknowledged writes,
   * which a busy machine may bring late.
   */
  async moment(round: number, mostMs = 400): Promise<void> {
    const least = round % 2 === 0 ? this.acknowledged + LEAST_WRITES : 0;
    const end = performance.now() + LATEST_MS;
    while (this.acknowledged < least && performance.now() < end) await sleep(5);
    await sleep(20 + Math.random() * mostMs);
  }

  /** Reads everyone over every wire; nothing may be older than acknowledged, newer than sent, or half. */
  async faults(url: string): Promise<readonly string[]> {
    const faults: string[] = [];
    const people = this.#writers.flatMap((writer) => writer.people);
    const look = await openLook(url);
    const shown = await settled(() => look(people));
    for (const writer of this.#writers) {
      const seen = shown.filter(({ person }) => writer.people.includes(person));
      const numbers = seen.flatMap(numbersIn);
      const who = writer.people.join('+');
      const what = seen.map(({ platform, name, jobNumber }) => `${platform}: ${name}, ${jobNumber}`).join('; ');
      if (seen.length !== writer.people.length * 3) faults.push(`${who} is not shown by everyone: ${what}`);
      if (new Set(numbers).size > 1 && writer.people.length === 1) faults.push(`${who} is half written: ${what}`);
      else if (new Set(numbers).size > 1) faults.push(`${who} were written by halves: ${what}`);
      if (Math.min(...numbers) < writer.acknowledged)
        faults.push(`${who} lost ${String(writer.acknowledged)}: ${what}`);
      if (Math.max(...numbers) > writer.sent) faults.push(`${who} show what was never sent: ${what}`);
      // What was under way may have been kept or not; from here on it counts as it is.
      writer.acknowledged = Math.max(writer.acknowledged, ...numbers);
    }
    return faults;
  }

  async #writeOn(writer: Writer, wire: PlatformClient): Promise<void> {
    while (!this.#isStopping) {
      const number = ++writer.sent;
      try {
        if ((await wire.write(`n${String(number)}`)) === 'kept') {
          writer.acknowledged = number;
          writer.kept++;
        } else writer.undecided++;
      } catch (error) {
        if (error instanceof UnexpectedAnswer) throw error;
        writer.undecided++;
        return;
      }
    }
  }
}

/** Before anything was written people have names and numbers of their own, which count as the zeroth. */
function numbersIn({ person, name, jobNumber }: Shown): readonly number[] {
  const number = (text: string): number => Number(/^n([0-9]+)$/.exec(text)?.[1] ?? 0);
  return [number(name), number(jobNumber.startsWith(`${person}-`) ? jobNumber.slice(person.length + 1) : '')];
}

/** Looks until it sees the same twice: what a server was doing when it died may still be on its way in the database. */
async function settled(look: () => Promise<readonly Shown[]>): Promise<readonly Shown[]> {
  let last = await look();
  for (let tries = 0; tries < 20; tries++) {
    const next = await look();
    if (JSON.stringify(next) === JSON.stringify(last)) return next;
    last = next;
  }
  return last;
}
