import { feishuWire, hoseWire, openLook, wecomWire, type OpenWire } from '../support/clients/crash.ts';
import { disableRateLimits } from '../support/running-server.ts';

/** One employee of the demo company that one platform's client writes, each time with the next number. */
interface Writer {
  readonly person: string;
  readonly open: OpenWire;
  sent: number;
  acknowledged: number;
}

/** Clients that write several employees at once, one after another each, until they are stopped or cut off. */
export class NumberedWriters {
  readonly writers: readonly Writer[] = [
    ...['linfeng', 'zhouhao', 'xiaoling', 'pengtao'].map((person) => writer(person, feishuWire)),
    ...['hebin', 'zhuli', 'guoqiang'].map((person) => writer(person, wecomWire)),
    ...['tangjing', 'xulan', 'huangyi'].map((person) => writer(person, hoseWire)),
  ];
  #isStopping = false;

  /** Begins to write; the promise within ends when all have ended. */
  async begin(url: string): Promise<{ readonly ended: Promise<unknown> }> {
    await disableRateLimits(url);
    const writing = await Promise.all(
      this.writers.map(async (one) => {
        const wire = await one.open(url, [one.person]);
        return async () => {
          while (!this.#isStopping) {
            one.sent++;
            if ((await wire.write(`n${String(one.sent)}`)) !== 'kept') throw new Error(`${wire.name} was put off`);
            one.acknowledged = one.sent;
          }
        };
      }),
    );
    return { ended: Promise.allSettled(writing.map((write) => write())) };
  }

  stop(): void {
    this.#isStopping = true;
  }

  get acknowledged(): readonly number[] {
    return this.writers.map(({ acknowledged }) => acknowledged);
  }

  /** The numbers that a server shows, in the order of the writers; every platform must show the same, in both fields. */
  async read(url: string): Promise<readonly number[]> {
    const look = await openLook(url);
    const shown = await look(this.writers.map(({ person }) => person));
    return this.writers.map(({ person }) => {
      const numbers = new Set(
        shown
          .filter((one) => one.person === person)
          .flatMap(({ name, jobNumber }) => [name, jobNumber])
          .map((text) => Number(/n([0-9]+)$/.exec(text)?.[1] ?? 0)),
      );
      if (numbers.size !== 1) throw new Error(`${person} is half written: ${[...numbers].join(', ')}`);
      return Math.max(...numbers);
    });
  }
}

function writer(person: string, open: OpenWire): Writer {
  return { person, open, sent: 0, acknowledged: 0 };
}
