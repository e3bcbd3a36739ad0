import type { Verdict } from '../../connectors/connector.ts';

/** Exit codes of the commands that read a live tenant. */
export const EXIT = { done: 0, differs: 2, refused: 3, unreachable: 4 } as const;

/** The exit code for what went wrong: nothing, a refusal, or a platform that gave no answer. */
export function exitCodeOf(verdicts: readonly Verdict[]): number {
  if (verdicts.length === 0) return EXIT.done;
  const isRefusal = ({ kind }: Verdict): boolean => kind === 'refused' || kind === 'token' || kind === 'limit';
  return verdicts.some(isRefusal) ? EXIT.refused : EXIT.unreachable;
}
