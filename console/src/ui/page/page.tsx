import { useEffect, useRef, type ReactNode } from 'react';
import './page.css';

/** A page: its title, which takes the focus when the page opens, what is to be done, and its content. */
export function Page({
  title,
  document: documentTitle,
  actions,
  children,
}: {
  readonly title: ReactNode;
  /** The title of the window. */
  readonly document: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.document.title = `${documentTitle} · 名册 Mingce`;
  }, [documentTitle]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="page">
      <header className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions !== undefined && <div className="row wrap">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
