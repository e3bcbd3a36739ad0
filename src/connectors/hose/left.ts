import type { LiveTask, Problem } from '../connector.ts';
import type { LeftFound, Sought } from '../writing.ts';
import { allPages, personOf } from './reads.ts';
import { leftPage } from './requests.ts';

/** Finds people who left by all that a record of one of ours may share with theirs; no call finds one of them alone (contract 5.2). */
export function* findLeft(sought: readonly Sought[]): LiveTask<LeftFound> {
  const problems: Problem[] = [];
  const ids = new Set(sought.flatMap(({ liveIds }) => liveIds));
  const values = {
    mobile: new Set(sought.map(({ mobile }) => mobile)),
    email: new Set(sought.map(({ email }) => email)),
    jobNumber: new Set(sought.map(({ jobNumber }) => jobNumber)),
  };
  const has = (given: ReadonlySet<string | null>, value: unknown): boolean =>
    typeof value === 'string' && given.has(value);
  const staff = yield* allPages(leftPage, problems);
  const people = staff
    .map((one) => personOf(one, null, null))
    .filter(
      (one) =>
        !one.isInService &&
        (ids.has(one.id) ||
          has(values.mobile, one.values.mobile) ||
          has(values.jobNumber, one.values.jobNumber) ||
          one.revivedBy?.some((address) => has(values.email, address)) === true),
    );
  return { people, problems };
}
