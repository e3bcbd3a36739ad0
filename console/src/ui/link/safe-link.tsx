import type { ReactNode } from 'react';

/** A link to another site; what is no web address is only text. */
export function SafeLink({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  return /^https?:\/\//i.test(href) ? (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
}
