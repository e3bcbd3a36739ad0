import { errorFields, type Log } from '../lib/log.ts';

/** What is done with an error of work that goes on after its caller had an answer. */
export interface LaterFailures {
  readonly drift: (error: unknown) => void;
  readonly plan: (error: unknown) => void;
}

/** Logs such errors. */
export function laterFailures(log: Log): LaterFailures {
  return {
    drift: (error) => {
      log.error('drift', errorFields(error));
    },
    plan: (error) => {
      log.error('target-plan', errorFields(error));
    },
  };
}
