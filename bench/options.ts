/** Keep-alive connections of every load. */
export const CONNECTIONS = 64;

/** What a run of the benchmark is asked for. */
export interface Options {
  readonly rounds: number;
  /** Of each slice. */
  readonly seconds: number;
  /** Slices of each update before those that count. */
  readonly warmUps: number;
  /** Employees of the large company; 0 leaves it out. */
  readonly growth: number;
  /** The goals to measure; null is all. */
  readonly only: ReadonlySet<string> | null;
  /** Whether it is to be short: said against the recorded results, and not kept. */
  readonly isQuick: boolean;
  /** The folder that holds the packages of what others use instead; null leaves them out. */
  readonly rivals: string | null;
}

/** How many employees of a company file the others wait for in P10, for each employee of the large company. */
export const FILE_SHARE = 1 / 20;

/** A short run takes a minute or two. */
const QUICK = { rounds: 1, seconds: 0.5, growth: 20_000, warmUps: 2 };
const WHOLE = { rounds: 7, seconds: 2, growth: 1_000_000, warmUps: 5 };

const USAGE =
  'npm run bench -- [--quick] [--rounds 7] [--seconds 2] [--growth 1000000] [--only P1,P7] [--rivals FOLDER]';

/** Reads the command line; throws with a sentence on what it does not know. */
export function optionsOf(given: readonly string[]): Options {
  const isQuick = given.includes('--quick');
  const { warmUps, ...usual } = isQuick ? QUICK : WHOLE;
  return {
    ...valuesOf(
      given.filter((word) => word !== '--quick'),
      usual,
    ),
    warmUps,
    isQuick,
  };
}

function valuesOf(
  args: readonly string[],
  usual: Pick<Options, 'rounds' | 'seconds' | 'growth'>,
): Omit<Options, 'warmUps' | 'isQuick'> {
  const given = new Map<string, string>();
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value] = args.slice(at, at + 2);
    if (!['--rounds', '--seconds', '--growth', '--only', '--rivals'].includes(name) || value === undefined) {
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
    rounds: number('--rounds', usual.rounds, 1),
    seconds: number('--seconds', usual.seconds, 0.1),
    growth: number('--growth', usual.growth, 0),
    only: only === undefined ? null : new Set(only.toUpperCase().split(',')),
    rivals: given.get('--rivals') ?? null,
  };
}
