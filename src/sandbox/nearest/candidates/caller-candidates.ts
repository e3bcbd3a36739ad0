import { isInService } from '../../../directory/employees/employee.ts';
import type { Attempt, Candidate } from './candidate.ts';
import { COST, STEP, type CandidateFacts } from './candidate-facts.ts';

/** So many other apps, and so many other employees, are tried. */
const MAX_APPS = 4;
const MAX_USERS = 4;

/** Sends it by another app of the company. */
export function otherApps(attempt: Attempt, { tenant, dialect }: CandidateFacts): readonly Candidate[] {
  return tenant.parts.apps
    .filter((app) => app.dialect === dialect.name && app.enabled && app.id !== attempt.app.id)
    .slice(0, MAX_APPS)
    .map((app, index) => ({
      cost: COST.app + STEP * index,
      steps: [{ kind: 'app', at: 'app', from: attempt.app.key, to: app.key } as const],
      apply: (one: Attempt) => ({ ...one, app }),
    }));
}

/** Sends it for another employee or for the app itself, where the platform has tokens of employees. */
export function otherUsers({ user }: Attempt, { people, dialect }: CandidateFacts): readonly Candidate[] {
  if (dialect.client.userGrant === undefined) return [];
  const others = people.filter((employee) => isInService(employee) && employee.id !== user?.employee);
  const ids = [...(user === null ? [] : [null]), ...others.slice(0, MAX_USERS).map(({ id }) => id)];
  return ids.map((id, index) => ({
    cost: (user === null ? COST.last : COST.app) + STEP * index,
    steps: [{ kind: 'user', at: 'user', from: user?.employee ?? null, to: id } as const],
    apply: (one: Attempt) => ({
      ...one,
      user: id === null ? null : { employee: id, scopes: user?.scopes ?? null },
    }),
  }));
}
