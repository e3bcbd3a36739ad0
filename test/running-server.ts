import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program as its users start it, in a process of its own. */
export interface RunningServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends the process as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends the process as an operator would, and answers its exit code. */
  stop(): Promise<number | null>;
}

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Starts `mingce serve` with these arguments and waits until it listens. */
export function startServer(
  args: readonly string[],
  options: {
    /** A command that starts the command line which is appended to it. */
    readonly through?: readonly string[];
  } = {},
): Promise<RunningServer> {
  const [command = '', ...line] = [...(options.through ?? []), process.execPath, MAIN, 'serve', '--port', '0', ...args];
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
