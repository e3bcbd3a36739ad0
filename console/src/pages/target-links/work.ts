/** What is done to a link. */
export type LinkWork =
  | { readonly kind: 'link'; readonly liveId: string }
  | { readonly kind: 'ignore' }
  | { readonly kind: 'remove' };
