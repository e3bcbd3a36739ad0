import type { TargetDrift } from '../../delivery/targets/drift/target-drift.ts';
import type { DriftAccepted, LiveDrift } from '../../directory/targets/drift-view.ts';
import { targetDrift } from '../../live-targets/drift.ts';
import { toCommandError, type AdminRequest } from '../admin-client.ts';
import type { TargetOptions } from '../target.ts';
import { withTargets } from './with-targets.ts';

/** What is done about drift, in a store here or by a running server with its own secrets. */
export interface DriftDesk {
  readonly accept: LiveDrift['accept'];
  /** Keeps what a read showed, where the store is here; null: a server keeps its own reads. */
  readonly keep: TargetDrift['keep'] | null;
}

/** Opens what is kept of drift for as long as the work takes. A refusal becomes a sentence. */
export function withDrift<Result>(options: TargetOptions, work: (desk: DriftDesk) => Promise<Result>): Promise<Result> {
  return withTargets(options, {
    local: (targets, store) => {
      const drift = targetDrift(() => store, targets, { plan: null, onFailure: rethrown });
      return work({ accept: (...given) => drift.accept(...given), keep: (...given) => drift.keep(...given) });
    },
    remote: (request) => work(deskOn(request)),
  });
}

function rethrown(error: unknown): void {
  throw error;
}

const OVER_THE_BRAKE = 409;

function deskOn(request: AdminRequest): DriftDesk {
  return {
    keep: null,
    accept: async (key, platform, choice) => {
      const path = `/mingce/v1/companies/${encodeURIComponent(key)}/targets/${encodeURIComponent(platform)}/accept`;
      const answer = await request('POST', path, JSON.stringify(choice));
      // An answer over the brake says what it waits for; any other refusal is a sentence.
      const isStaged =
        answer.status === OVER_THE_BRAKE && answer.headers.get('content-type')?.startsWith('application/json') === true;
      if (!answer.ok && !isStaged) throw await toCommandError(answer);
      return (await answer.json()) as DriftAccepted;
    },
  };
}
