import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program under load, in a process of its own. */
export interface Running {
  readonly port: number;
  /** Milliseconds of processor time it has used so far; NaN where the system does not tell. */
  cpuMs(): number;
  /** Megabytes of memory it holds now; NaN where the system does not tell. */
  residentMb(): number;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** Whether server and load are kept on processors of their own. */
export const isPinned = canPin;

/** Keeps this process, which makes the load, off the processor that servers run on. */
export function stepAside(): void {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', '1', String(process.pid)]);
}

/** Starts a script of this repository on the first processor and waits until it says where it listens. */
export function start(script: string, args: readonly string[] = []): Promise<Running> {
  const command = [process.execPath, `${root}${script}`, ...args];
  const pinned = canPin ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(pinned[0] ?? '', pinned.slice(1), { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
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

/** Runs a script of this repository to its end. */
export function run(script: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [`${root}${script}`, ...args], { cwd: root });
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} failed:\n${stderr.toString()}`);
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
