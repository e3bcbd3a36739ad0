import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = fileURLToPath(new URL('node.ts', import.meta.url));

/** A program that is killed and started again. */
export class Program {
  readonly #args: readonly string[];
  #child: ChildProcess | null = null;
  #url = '';

  /** Takes the store, the port (0: a free one each time) and the company files. */
  constructor(store: string, port: number, files: readonly string[]) {
    this.#args = [store, String(port), ...files];
  }

  /** Where it listens since it was started last. */
  get url(): string {
    return this.#url;
  }

  /** Starts it; once more where its database was not reached in time, as a service manager does. */
  async start(): Promise<void> {
    let why = await this.#startOnce();
    if (why?.includes('cannot be reached') === true) why = await this.#startOnce();
    if (why !== null) throw new Error(`a program ended: ${why}`);
  }

  /** Starts it; null where it listens, what it said where it ended. */
  async #startOnce(): Promise<string | null> {
    const env = {
      ...process.env,
      MINGCE_INSTALLATION: 'rounds',
      LIVE_APP: 'mingce-demo-secret',
      LIVE_CONTACT: 'mingce-demo-contact-secret',
      // A program that starts a hundred times compiles once.
      NODE_COMPILE_CACHE: join(tmpdir(), 'mingce-compile-cache'),
    };
    const child = spawn(process.execPath, [NODE, ...this.#args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    for await (const text of child.stdout) {
      const found = /listening on (\S+)/.exec(String(text));
      if (found === null) continue;
      this.#url = found[1] ?? '';
      return null;
    }
    return said;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
