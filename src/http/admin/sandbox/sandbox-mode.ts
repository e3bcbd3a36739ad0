import type { Route } from '../../../dialects/dialect.ts';
import type { SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { problem } from '../reply.ts';

/** Answers 409 where the sandbox may not be changed. */
export function changesSandbox(mode: SandboxMode, answer: Route['answer']): Route['answer'] {
  if (mode === 'on') return answer;
  const refusal = problem(409, `This needs MINGCE_SANDBOX=on; it is ${mode} here.`);
  return () => Promise.resolve(refusal);
}

/** Answers 409 where there is no sandbox; for what changes nothing. */
export function needsSandbox(mode: SandboxMode, answer: Route['answer']): Route['answer'] {
  if (mode !== 'off') return answer;
  const refusal = problem(409, 'This needs MINGCE_SANDBOX=on or read-only; it is off here.');
  return () => Promise.resolve(refusal);
}
