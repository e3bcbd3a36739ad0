import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedFields } from './change.ts';

test('a new record has the same fields as one that had no member before', () => {
  const members = fc.dictionary(
    fc.constantFrom('ids', 'custom', 'extensions', 'name', 'mobile', 'id', 'updatedAt'),
    fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.constant(undefined)),
  );
  fc.assert(
    fc.property(members, (after) => {
      expect(changedFields(null, after)).toEqual(changedFields({}, after));
    }),
  );
});
