import type { MemberResult } from '../journal/contract.ts';
import type { Occurrence, SeenCall } from './finding.ts';

/** Returns the calls that have a member of this kind, once for each member; positions in lists count as one. */
export function byField(
  calls: readonly SeenCall[],
  isMeant: (field: MemberResult, call: SeenCall) => boolean,
): readonly Occurrence[] {
  const found = new Map<string, Set<SeenCall>>();
  for (const call of calls) {
    for (const field of call.fields) {
      if (!isMeant(field, call)) continue;
      const name = field.field.replaceAll(/\[\d+\]/g, '[]');
      const close = field.did_you_mean?.[0];
      const about = close === undefined ? name : `${name} → ${close}`;
      found.set(about, (found.get(about) ?? new Set()).add(call));
    }
  }
  return [...found].map(([about, with_]) => ({ calls: [...with_], about }));
}
