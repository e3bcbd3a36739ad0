import type { PersonalKind } from '../../dialects/dialect.ts';
import type { JournalEntry } from './entry.ts';
import { maskFor, noMask, type Mask } from './mask.ts';

/** How people are shown. */
export interface MaskOptions {
  /** Companies whose people do not exist, so that they are shown as they are. */
  readonly isShown: (company: string | null) => boolean;
  /** What kind of personal data the members of each platform hold. */
  readonly personal: ReadonlyMap<string, Readonly<Record<string, PersonalKind>>>;
}

/** Makes what finds the mask of an entry. */
export function entryMasks({ isShown, personal }: MaskOptions): (entry: JournalEntry) => Mask {
  const masks = new Map([...personal].map(([platform, kinds]) => [platform, maskFor(kinds)]));
  return ({ company, platform, isMasked, isShown: isOfNoOne }) =>
    isMasked === true || isOfNoOne === true || isShown(company) ? noMask : (masks.get(platform) ?? maskFor({}));
}
