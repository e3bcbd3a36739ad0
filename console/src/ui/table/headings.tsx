import type { ReactNode } from 'react';

/** The head of a table whose last column has buttons: its name is read out, and not seen. */
export function Headings({
  names,
  buttons,
}: {
  readonly names: readonly string[];
  readonly buttons: string;
}): ReactNode {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
        <th scope="col">
          <span className="only-read">{buttons}</span>
        </th>
      </tr>
    </thead>
  );
}
