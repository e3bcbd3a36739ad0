import type { Attempt, Candidate, Refused } from './candidate.ts';
import { memberChanges, missingMembers } from './body-candidates.ts';
import { otherApps, otherUsers } from './caller-candidates.ts';
import { COST, type CandidateFacts } from './candidate-facts.ts';
import { otherVersions, parameterChanges, pathChanges } from './request-candidates.ts';
import { settingChanges } from '../settings.ts';

/** Returns the changes that may make a refused request pass. */
export function candidatesFor(attempt: Attempt, refused: Refused, facts: CandidateFacts): readonly Candidate[] {
  const values = facts.dialect.facts.repairs.values({
    ...facts,
    app: attempt.app,
    query: new URLSearchParams(attempt.query.map(([name, value]) => [name, value])),
  });
  return [
    ...memberChanges(attempt, refused, facts, values),
    ...missingMembers(attempt, refused, facts, values),
    ...parameterChanges(attempt, facts, values),
    ...pathChanges(attempt, facts, values),
    ...settingChanges(attempt.app, refused, facts, COST.setting),
    ...otherVersions(attempt, facts),
    ...otherApps(attempt, facts),
    ...otherUsers(attempt, facts),
  ];
}
