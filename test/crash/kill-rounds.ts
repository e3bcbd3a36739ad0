import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '../running-server.ts';
import { feishuWire, hoseWire, wecomWire, type Wire } from './wires.ts';

/** What the rounds came to. */
export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** Writes that were under way when the process died, so that nobody knows how they ended. */
  readonly undecided: number;
  /** What must not be: an acknowledged write that is gone, a record half written, a damaged file. */
  readonly faults: readonly string[];
}

/** One wire's writes over all rounds: numbered, so that what is read says how far they got. */
interface Writer {
  readonly connect: (url: string) => Promise<Wire>;
  sent: number;
  acknowledged: number;
}

const PEOPLE = {
  feishu: ['linfeng', 'zhouhao', 'xiaoling', 'pengtao'],
  wecom: ['hebin', 'zhuli', 'guoqiang', 'songyan'],
  hose: [['tangjing', 'fengxia', 'dengchao'], ['xulan', 'caoyun'], ['huangyi']],
};

/**
 * Starts the program, writes over three wires at once, kills the process at a random moment and looks at what is left;
 * so many times on one data folder. Each write of a wire carries the next number in two fields.
 */
export async function killRounds(
  folder: string,
  kills: number,
  onRound: (round: number) => void = () => {},
): Promise<KillReport> {
  const writers: Writer[] = [
    ...PEOPLE.feishu.map((person) => writer((url) => feishuWire(url, person))),
    ...PEOPLE.wecom.map((person) => writer((url) => wecomWire(url, person))),
    ...PEOPLE.hose.map((people) => writer((url) => hoseWire(url, people))),
  ];
  const faults: string[] = [];
  let undecided = 0;
  for (let round = 1; round <= kills; round++) {
    const server = await startServer(['--data', folder]);
    const wires = await Promise.all(writers.map(({ connect }) => connect(server.url)));
    const writing = Promise.all(writers.map((one, index) => writeUntilCut(one, wires[index])));
    await sleep(20 + Math.random() * 400);
    await server.kill();
    undecided += (await writing).filter(Boolean).length;
    faults.push(...integrityFaults(folder).map((fault) => `round ${String(round)}: ${fault}`));
    faults.push(...(await readBack(folder, writers)).map((fault) => `round ${String(round)}: ${fault}`));
    onRound(round);
  }
  return { kills, acknowledged: writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0), undecided, faults };
}

function writer(connect: (url: string) => Promise<Wire>): Writer {
  return { connect, sent: 0, acknowledged: 0 };
}

/** Writes until the connection breaks; true when a write was cut short. */
async function writeUntilCut(one: Writer, wire: Wire | undefined): Promise<boolean> {
  for (;;) {
    one.sent++;
    try {
      if (await wire?.write(`n${String(one.sent)}`)) one.acknowledged = one.sent;
      else throw new Error(`${String(wire?.name)} refused a write`);
    } catch (error) {
      if (error instanceof Error && error.message.endsWith('refused a write')) throw error;
      return true;
    }
  }
}

function integrityFaults(folder: string): readonly string[] {
  const db = new DatabaseSync(join(folder, 'mingce.db'));
  const rows = db.prepare('PRAGMA integrity_check').all();
  db.close();
  return rows.map((row) => String(row['integrity_check'])).filter((said) => said !== 'ok');
}

/** Reads everything over the wire it was written by; nothing may be older than acknowledged, newer than sent, or half. */
async function readBack(folder: string, writers: readonly Writer[]): Promise<readonly string[]> {
  const server = await startServer(['--data', folder]);
  const faults: string[] = [];
  for (const one of writers) {
    const wire = await one.connect(server.url);
    const seen = (await wire.read()).flat();
    const numbers = seen.map((text) => Number(/^n([0-9]+)$/.exec(text)?.[1] ?? 0));
    if (new Set(numbers).size > 1) faults.push(`${wire.name} is half written: ${seen.join(' ')}`);
    if (Math.min(...numbers) < one.acknowledged)
      faults.push(`${wire.name} lost ${String(one.acknowledged)}, shows ${seen.join(' ')}`);
    if (Math.max(...numbers) > one.sent) faults.push(`${wire.name} shows ${seen.join(' ')}, never sent`);
    // What was under way may have been kept or not; from here on it counts as it is.
    one.acknowledged = Math.max(one.acknowledged, ...numbers);
  }
  const code = await server.stop();
  if (code !== 0) faults.push(`the server ended with ${String(code)} when asked to stop`);
  return faults;
}
