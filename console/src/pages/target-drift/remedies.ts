import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DriftAccepted, DriftChoice, DriftRepair } from '../../../../src/http/admin/targets/drift-contract.ts';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';

/** What is done about differences, and what came of it. */
export interface Remedies {
  readonly isBusy: boolean;
  readonly accept: (choice: DriftChoice) => Promise<void>;
  readonly repair: (choice: DriftChoice) => Promise<void>;
  readonly accepted: DriftAccepted | undefined;
  readonly repaired: DriftRepair | undefined;
  /** What was asked for last, to be asked again with what the brake wants allowed. */
  readonly asked: DriftChoice | undefined;
  readonly acceptError: Error | null;
  readonly repairError: Error | null;
}

/** Returns the two remedies of a live tenant: their values taken over, or a plan that writes ours. */
export function useRemedies(company: string, target: string): Remedies {
  const queries = useQueryClient();
  const params = { key: company, target };
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['c', company] });
  const accept = useMutation({
    mutationFn: async (choice: DriftChoice): Promise<DriftAccepted> => {
      try {
        return await api('targets.accept', { params, body: choice });
      } catch (error) {
        // The brake answers 409 with what it holds back; what else is refused is a problem.
        if (error instanceof ApiProblem && isHeld(error.details)) return error.details;
        throw error;
      }
    },
    onSettled: again,
  });
  const repair = useMutation({
    mutationFn: (choice: DriftChoice) => api('targets.repair', { params, body: choice }),
    onSettled: again,
  });
  return {
    isBusy: accept.isPending || repair.isPending,
    accept: async (choice) => {
      repair.reset();
      await accept.mutateAsync(choice).catch(() => undefined);
    },
    repair: async (choice) => {
      accept.reset();
      await repair.mutateAsync(choice).catch(() => undefined);
    },
    accepted: accept.data,
    repaired: repair.data,
    asked: accept.variables,
    acceptError: accept.error,
    repairError: repair.error,
  };
}

function isHeld(details: object): details is DriftAccepted {
  return 'staged' in details && 'accepted' in details && 'left' in details;
}
