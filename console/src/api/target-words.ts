import type { LinkLine } from '../../../src/http/admin/targets/contract.ts';

/** The states of a link. */
export type LinkState = LinkLine['state'];

/** The states of a link, in the order of a choice. */
export const LINK_STATES = ['linked', 'ignored', 'ambiguous', 'lost'] as const satisfies readonly LinkState[];

/** What a link is about, in the order of a choice. */
export const LINK_KINDS = ['employee', 'department', 'catalog-entry'] as const;
