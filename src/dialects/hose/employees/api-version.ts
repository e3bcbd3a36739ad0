import type { Call } from '../../dialect.ts';
import type { NamedBy } from '../model/ids.ts';

/**
 * What one way of updating staff does otherwise than another: `v1`, `v1.1` by id, `v1.1` by code, and the batch. The
 * table is contract 2.9 and 3; where it is not [seed] the column there says so.
 */
export interface UpdateVariant {
  /** What names the staff and the items of the form. */
  readonly by: 'id' | 'code';
  readonly departmentsBy: NamedBy;
  /** Custom fields not sent are blanked [seed: v1]; merged otherwise [seed: v1.1]. */
  readonly replacesForm: boolean;
  /** Keys that are not fields of the form are refused [seed: since v1.1]; dropped otherwise [proposed]. */
  readonly checksFieldNames: boolean;
  /** Phones may hold digits and ASCII parentheses only; converted as well as can be otherwise [proposed]. */
  readonly checksPhone: boolean;
  /** A default outside the list is refused; the first of the list takes its place otherwise [public: v2.0/contacts/update-staffs.md]. */
  readonly checksDefault: boolean;
}

const current = { replacesForm: false, checksFieldNames: true, checksPhone: true, checksDefault: true } as const;

/** All ways of updating staff. */
export const updateVariants = {
  v1: {
    by: 'id',
    departmentsBy: 'id',
    replacesForm: true,
    checksFieldNames: false,
    checksPhone: false,
    checksDefault: false,
  },
  byId: { ...current, by: 'id', departmentsBy: 'id' },
  byCode: { ...current, by: 'code', departmentsBy: 'code' },
  // The batch page says "ID or CODE" of departments and has no `type`: an id first, then a code (contract 3) [proposed].
  batch: { ...current, by: 'id', departmentsBy: 'id-or-code' },
  // Adding staff knows ids only, and lets the first department take the place of a default that is not among them
  // [public: contacts/add-staffs.md]; `v1` does not look at the phone [public: updateLog/update-log.md 1.8.0].
  create: { ...current, by: 'id', departmentsBy: 'id', checksDefault: false },
  createV1: { ...current, by: 'id', departmentsBy: 'id', checksDefault: false, checksPhone: false },
} as const satisfies Record<string, UpdateVariant>;

/** What `type` says: `id` where it is absent or empty; null for anything but `id` and `code` [proposed]. */
export function variantOf(call: Call): UpdateVariant | null {
  switch (call.query.get('type') ?? '') {
    case '':
    case 'id':
      return updateVariants.byId;
    case 'code':
      return updateVariants.byCode;
    default:
      return null;
  }
}
