import { Checkbox } from 'antd';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useRemembered } from '../../ui/remembered.ts';
import { useWords } from '../../words/language.tsx';
import { peopleWords } from './words.ts';

/** The columns that can be left out, in their order; the name is always there. */
const OPTIONAL = ['job_number', 'department', 'job_title', 'mobile', 'status', 'changed'] as const;
export type Column = 'name' | (typeof OPTIONAL)[number];

/** Returns the columns to show, and how to change them. */
export function useColumns(): readonly [readonly Column[], (columns: readonly Column[]) => void] {
  const [hidden, setHidden] = useRemembered<readonly Column[]>('mingce.people.hidden', [], (kept) =>
    Array.isArray(kept) ? OPTIONAL.filter((column) => kept.includes(column)) : null,
  );
  // The same list as long as it is the same, for rows are made again with another one.
  const shown = useMemo(() => ['name', ...OPTIONAL.filter((column) => !hidden.includes(column))] as const, [hidden]);
  const choose = useCallback(
    (columns: readonly Column[]) => {
      setHidden(OPTIONAL.filter((column) => !columns.includes(column)));
    },
    [setHidden],
  );
  return [shown, choose];
}

/** The choice of columns. */
export function ColumnChoice({
  columns,
  choose,
}: {
  readonly columns: readonly Column[];
  readonly choose: (columns: readonly Column[]) => void;
}): ReactNode {
  const say = useWords(peopleWords);
  return (
    <details className="people-menu">
      <summary>{say('columns')}</summary>
      <div className="people-menu-open card stack-tight">
        {OPTIONAL.map((column) => (
          <Checkbox
            key={column}
            checked={columns.includes(column)}
            onChange={(event) => {
              choose(event.target.checked ? [...columns, column] : columns.filter((one) => one !== column));
            }}
          >
            {say(column)}
          </Checkbox>
        ))}
      </div>
    </details>
  );
}
