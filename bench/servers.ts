import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A program under load, in a process of its own. */
export interface Running {
  readonly port: number;
  /** Its process. */
  readonly pid: number;
  /** Milliseconds of processor time it has used so far; NaN where the system does not tell. */
  cpuMs(): number;
  /** Megabytes of memory it holds now; NaN where the system does not tell. */
  residentMb(): number;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** Every processor, as `taskset` takes it. */
const EVERY = `0-${String(cpus().length - 1)}`;

/** Whether server and load are kept on processors of their own. */
export const isPinned = canPin;

const alive = new Set<ChildProcess>();

/** Ends what a measurement that failed has left running. */
export function endAll(): void {
  for (const child of alive) child.kill('SIGTERM');
}

/** Keeps this process, which makes the load, off the processor that servers run on. */
export function stepAside(): void {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)]);
}

/** Starts something that may use every processor, as this process itself may not. */
export async function unpinned<Started>(starting: () => Promise<Started>): Promise<Started> {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', EVERY, String(process.pid)]);
  try {
    return await starting();
  } finally {
    stepAside();
  }
}

/** The command that runs another one on the processor of the servers. */
export function onServersProcessor(command: readonly string[]): readonly [string, readonly string[]] {
  const [program = '', ...args] = canPin ? ['taskset', '-c', '0', ...command] : command;
  return [program, args];
}

/** Starts a script of this repository on the first processor and waits until it says where it listens. */
export function start(script: string, args: readonly string[] = []): Promise<Running> {
  const [program, given] = onServersProcessor([process.execPath, `${root}${script}`, ...args]);
  const child = spawn(program, given, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  alive.add(child);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      alive.delete(child);
      resolve();
    });
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const port = /listening on http:\/\/[^\s:]+:([0-9]+)/.exec(said)?.[1];
      if (port !== undefined) resolve(running(child, Number(port), gone));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void gone.then(() => {
      reject(new Error(`${script} ended before it listened:\n${said}`));
    });
  });
}

/** Lets a program that was started use every processor. */
export function useAllProcessors({ pid }: Running): void {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', EVERY, String(pid)]);
}

/** Runs a script of this repository to its end and answers what it printed. */
export function run(script: string, args: readonly string[]): string {
  return ended([process.execPath, [`${root}${script}`, ...args]]);
}

/** The same on the processor of the servers. */
export function runPinned(script: string, args: readonly string[]): string {
  return ended(onServersProcessor([process.execPath, `${root}${script}`, ...args]));
}

function ended([program, args]: readonly [string, readonly string[]]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stderr.toString()}`);
  return stdout.toString();
}

function running(child: ChildProcess, port: number, gone: Promise<void>): Running {
  const proc = (file: string): string | null => {
    try {
      return readFileSync(`/proc/${String(child.pid)}/${file}`, 'utf8');
    } catch {
      return null;
    }
  };
  return {
    port,
    pid: child.pid ?? 0,
    cpuMs: () => {
      const fields = proc('stat')?.split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    residentMb: () => Number(/VmRSS:\s+([0-9]+)/.exec(proc('status') ?? '')?.[1]) / 1_024,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
