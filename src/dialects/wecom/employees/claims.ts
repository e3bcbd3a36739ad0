import { normalizeEmail, type LookupSpace } from '../../../directory/lookup.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import type { PlacedField, Roster } from '../roster/roster.ts';
import { readValue, type Reading } from '../roster/values.ts';
import { phoneOf, type StaffInfoUpdate } from '../protocol/wire.ts';

/** Values that a request claims for the employee and that no one else may have, by the space to ask in. */
export function claimsOf(roster: Roster, { updates }: StaffInfoUpdate): ReadonlyMap<LookupSpace, readonly string[]> {
  const claims = new Map<LookupSpace, string[]>();
  for (const { fieldid, members } of updates) {
    const field = roster.field(fieldid);
    const claim = field === undefined ? null : claimOf(field, readValue(field, members));
    if (claim === null) continue;
    const [space, value] = claim;
    const others = claims.get(space);
    if (others === undefined) claims.set(space, [value]);
    else others.push(value);
  }
  return claims;
}

function claimOf(field: PlacedField, reading: Reading): readonly [LookupSpace, string] | null {
  if (reading.kind !== 'value') return null;
  const { value } = reading;
  if (field.canonical === 'mobile') {
    const phone = phoneOf(value);
    return phone === null ? null : ['mobile', e164(phone)];
  }
  if (typeof value !== 'string') return null;
  switch (field.canonical) {
    case 'email':
      return ['email', normalizeEmail(value)];
    case 'job_number':
      return ['job-number', value];
    case 'extension_number':
      return ['extension-number', value];
    default:
      return null;
  }
}
