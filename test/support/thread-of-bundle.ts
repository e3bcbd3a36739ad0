import { registerHooks, type LoadHookSync } from 'node:module';
import { pathToFileURL } from 'node:url';

/** A thread whose program the bundle has, too. */
interface Thread {
  /** The source that begins it, how it names the program, and the bundle's. */
  readonly begins: string;
  readonly named: string;
  readonly program: string;
}

const THREADS: readonly Thread[] = [
  // Reads company files and judges rows of tables.
  { begins: '/src/app.ts', named: '`./company-thread${extname(import.meta.url)}`', program: 'company-thread.js' },
  // Looks through a database file.
  {
    begins: '/src/store/engines/sqlite-check.ts',
    named: 'new URL(import.meta.url)',
    program: 'store/engines/sqlite-check.js',
  },
];

const REGISTERED = Symbol.for('threads from the bundle');

const load: LoadHookSync = (url, context, nextLoad) => {
  const loaded = nextLoad(url, context);
  const program = process.env['TESTED_PROGRAM'];
  const thread = THREADS.find(({ begins }) => url.endsWith(begins));
  if (program === undefined || thread === undefined) return loaded;
  const code = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
  if (!code.includes(thread.named)) throw new Error(`${thread.begins} no longer has ${thread.named}`);
  const bundled = JSON.stringify(new URL(thread.program, pathToFileURL(program)).href);
  const named = thread.named.startsWith('new URL') ? `new URL(${bundled})` : bundled;
  return { ...loaded, source: code.replace(thread.named, named) };
};

/*
 * Has what runs in a test's own process begin threads from the bundle of the same sources, as in a package: from the
 * sources each loads up to hundreds of files, which takes three times the processor time. Vitest runs this before each file.
 * With `--import` it would run in each thread, too, which would load a compiler of TypeScript for that.
 */
if (!(REGISTERED in globalThis)) {
  Object.assign(globalThis, { [REGISTERED]: true });
  registerHooks({ load });
}
