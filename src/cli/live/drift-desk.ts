import { readConfig } from '../../config.ts';
import type { TargetDrift } from '../../delivery/targets/drift/target-drift.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import type { DriftAccepted, LiveDrift } from '../../directory/targets/drift-view.ts';
import { targetDrift } from '../../live-targets/drift.ts';
import { companyTargets, placeOf } from '../../live-targets/live-targets.ts';
import { toCommandError, type AdminRequest } from '../admin-client.ts';
import { CommandError } from '../error-message.ts';
import { withStoreAt, withTarget, type TargetOptions } from '../target.ts';

/** What is done about drift, in a store here or by a running server with its own secrets. */
export interface DriftDesk {
  readonly accept: LiveDrift['accept'];
  /** Keeps what a read showed, where the store is here; null: a server keeps its own reads. */
  readonly keep: TargetDrift['keep'] | null;
}

/** Opens what is kept of drift for as long as the work takes. A refusal becomes a sentence. */
export async function withDrift<Result>(
  options: TargetOptions,
  work: (desk: DriftDesk) => Promise<Result>,
): Promise<Result> {
  try {
    return await withTarget(options, {
      local: (url) =>
        withStoreAt(url, async (store) => {
          const targets = companyTargets(() => store, placeOf(url, readConfig({}).installation));
          const drift = targetDrift(() => store, targets, { plan: null, onFailure: rethrown });
          return await work({
            accept: (...given) => drift.accept(...given),
            keep: (...given) => drift.keep(...given),
          });
        }),
      remote: (_, request) => work(deskOn(request)),
    });
  } catch (error) {
    if (error instanceof TargetError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
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
