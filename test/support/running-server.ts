import { spawn, type ChildProcess } from 'node:child_process';
import { PROGRAM } from './program-path.ts';
import { withoutRateLimits } from './without-rate-limits.ts';

/** The program as its users start it, in a process of its own. */
export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends the process as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends the process as an operator would, and answers its exit code. */
  stop(): Promise<number | null>;
}

/**
 * Lets a server with the demo company be asked as fast as a test can. A company that is there already keeps what it has;
 * where several nodes serve it, the change is sent to one of them.
 */
export async function disableRateLimits(url: string): Promise<void> {
  const headers = { authorization: 'Bearer mingce-demo-admin' };
  const company = `${url}/mingce/v1/companies/demo`;
  const file = await (await fetch(`${company}/file`, { headers })).text();
  const fast = withoutRateLimits(file);
  if (fast === file) return;
  const made = await fetch(company, { method: 'PUT', headers, body: fast });
  if (made.status !== 200) throw new Error(await made.text());
}

/** Starts `mingce serve` with these arguments and waits until it listens. */
export function startServer(
  args: readonly string[],
  options: {
    /** A command that starts the command line which is appended to it. */
    readonly through?: readonly string[];
  } = {},
): Promise<RunningServer> {
  const [command = '', ...line] = [
    ...(options.through ?? []),
    process.execPath,
    PROGRAM,
    'serve',
    '--port',
    '0',
    ...args,
  ];
  const child = spawn(command, line, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      resolve(code);
    });
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const url = /listening on (http:\/\/\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      child.stdout.off('data', hear);
      child.stdout.resume();
      resolve({
        url,
        process: child,
        kill: async () => {
          child.kill('SIGKILL');
          await gone;
        },
        stop: async () => {
          child.kill('SIGTERM');
          return await gone;
        },
      });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    void gone.then((code) => {
      reject(new Error(`the server ended with ${String(code)} before it listened:\n${said}`));
    });
  });
}
