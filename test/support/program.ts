import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PROGRAM } from './program-path.ts';

/** What a finished run of the program said. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the program that goes on. */
export interface Serving {
  readonly url: string;
  /** Everything it printed until it listened. */
  readonly banner: string;
  /** Sends a signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Finished>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs the program to its end. */
export async function runProgram(
  args: readonly string[],
  options: { readonly env?: Environment; readonly input?: string } = {},
): Promise<Finished> {
  const { child, finished } = begin(args, options.env);
  child.stdin?.end(options.input ?? '');
  return await finished;
}

/** Runs `mingce serve` on any free port until it listens. */
export async function serveProgram(args: readonly string[], env: Environment = {}): Promise<Serving> {
  const { child, finished, said } = begin(['serve', '--port', '0', ...args], env);
  child.stdin?.end();
  const listening = (async () => {
    while (!/listening on \S+\n/.test(said.stdout)) await once(child.stdout ?? child, 'data');
  })();
  const ended = await Promise.race([listening, finished]);
  if (ended !== undefined) throw new Error(`it ended with ${String(ended.code)}: ${ended.stderr}`);
  const url = /listening on (http:\/\/\S+)/.exec(said.stdout)?.[1] ?? '';
  return {
    url,
    banner: said.stdout,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return await finished;
    },
  };
}

/** Returns what runs commands on a server to their ends, with its admin key. */
export function commandsOn(
  { url }: Pick<Serving, 'url'>,
  adminKey: string,
): (args: readonly string[], input?: string) => Promise<Finished> {
  return (args, input) =>
    runProgram([...args, '--server', url], {
      env: { MINGCE_ADMIN_KEY: adminKey },
      ...(input === undefined ? {} : { input }),
    });
}

/** A run of `mingce serve` that need not say where it listens. */
export interface Begun {
  /** Waits for the first whole line on standard output. */
  line(): Promise<string>;
  /** Waits until a ready file is there whose contents pass the test. */
  readyFile<Ready>(path: string, isReady: (ready: Ready) => boolean): Promise<Ready>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Finished>;
}

/** Begins `mingce serve` on any free port, whatever it prints. */
export function beginServing(args: readonly string[], env: Environment = {}): Begun {
  const { child, finished, said } = begin(['serve', '--port', '0', ...args], env);
  child.stdin?.end();
  const unlessEnded = async (waiting: Promise<void>): Promise<void> => {
    const ended = await Promise.race([waiting, finished]);
    if (ended !== undefined) throw new Error(`it ended with ${String(ended.code)}: ${ended.stderr}`);
  };
  return {
    line: async () => {
      await unlessEnded(
        (async () => {
          while (!said.stdout.includes('\n')) await once(child.stdout ?? child, 'data');
        })(),
      );
      return said.stdout.split('\n')[0] ?? '';
    },
    readyFile: async <Ready>(path: string, isReady: (ready: Ready) => boolean): Promise<Ready> => {
      for (;;) {
        const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
        const ready = text === '' ? undefined : (JSON.parse(text) as Ready);
        if (ready !== undefined && isReady(ready)) return ready;
        await unlessEnded(setTimeout(20));
      }
    },
    stop: async () => {
      child.kill('SIGTERM');
      return await finished;
    },
  };
}

/** Runs that would outlive a test that fails before it stops them. */
const running = new Set<ChildProcess>();

/** Ends the runs that a file's tests left behind; files share this module. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGKILL');
}

function begin(
  args: readonly string[],
  env: Environment = {},
): { child: ChildProcess; finished: Promise<Finished>; said: { stdout: string; stderr: string } } {
  const said = { stdout: '', stderr: '' };
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MINGCE_')));
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...inherited, ...env } });
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  running.add(child);
  const finished = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, ...said };
  });
  return { child, finished, said };
}

/** A folder that is gone after the test: `using folder = scratchFolder()`. */
export function scratchFolder(): { readonly path: string; file(name: string): string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'mingce-'));
  return {
    path,
    file: (name) => join(path, name),
    [Symbol.dispose]: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
