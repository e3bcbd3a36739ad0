/** Keep-alive connections of every load. */
export const CONNECTIONS = 64;

/** What a run of the benchmark is asked for. */
export interface Options {
  readonly rounds: number;
  /** Of each slice. */
  readonly seconds: number;
  /** Employees of the large company; 0 leaves it out. */
  readonly growth: number;
  /** The goals to measure; null is all. */
  readonly only: ReadonlySet<string> | null;
}

const USAGE = 'npm run bench -- [--rounds 7] [--seconds 2] [--growth 1000000] [--only P1,P7]';

/** Reads the command line; throws with a sentence on what it does not know. */
export function optionsOf(args: readonly string[]): Options {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value] = args.slice(at, at + 2);
    if (!['--rounds', '--seconds', '--growth', '--only'].includes(name) || value === undefined) {
      throw new Error(`${name} is not understood. ${USAGE}`);
    }
    given.set(name, value);
  }
  const number = (name: string, otherwise: number, least: number): number => {
    const value = Number(given.get(name) ?? otherwise);
    if (!(value >= least)) throw new Error(`${name} is a number from ${String(least)}. ${USAGE}`);
    return value;
  };
  const only = given.get('--only');
  return {
    rounds: number('--rounds', 7, 1),
    seconds: number('--seconds', 2, 0.1),
    growth: number('--growth', 1_000_000, 0),
    only: only === undefined ? null : new Set(only.toUpperCase().split(',')),
  };
}
