import type { ReactNode } from 'react';

/**
 * A link of one row of a long list. The router's own works its address out again in every row with each navigation, which
 * takes longer than to draw the rows; this one has its address, and opens as the list says.
 */
export function RowLink({
  href,
  open,
  children,
}: {
  /** The path below the console, e.g. `/c/demo/people/e-1`. */
  readonly href: string;
  readonly open: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <a
      href={`/console${href}`}
      onClick={(event) => {
        // Another tab or window is the browser's to open.
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        open();
      }}
    >
      {children}
    </a>
  );
}
