import type { ReactNode } from 'react';
import { visible } from './visible.ts';
import { jsonLines } from './json-lines.ts';
import './code.css';

/** More lines of a body are not drawn. */
const MAX_LINES = 2_000;

/** A body as it was sent: JSON line by line, anything else as text. */
export function Body({ body, label }: { readonly body: unknown; readonly label: string }): ReactNode {
  const text =
    typeof body === 'string'
      ? body
      : jsonLines(body)
          .slice(0, MAX_LINES)
          .map(({ indent, text: line }) => `${'  '.repeat(indent)}${line}`)
          .join('\n');
  return (
    <pre className="body" tabIndex={0} aria-label={label}>
      {visible(text)}
    </pre>
  );
}
