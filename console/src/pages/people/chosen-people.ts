import { useCallback, useMemo, useState } from 'react';
import type { PeopleSearch } from '../../api/people-queries.ts';

/** Who is chosen among the people that a filter means. */
export interface ChosenPeople {
  /** Chosen one by one. */
  readonly ids: ReadonlySet<string>;
  /** Whether everyone is chosen that the filter means, on all pages. */
  readonly isAll: boolean;
  readonly has: (id: string) => boolean;
  readonly choose: (ids: readonly string[], isChosen: boolean) => void;
  readonly chooseAll: () => void;
  readonly letGo: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Keeps who is chosen over pages and orders, and lets go of them where others are searched for. */
export function useChosenPeople({ q, department, only, status }: PeopleSearch): ChosenPeople {
  const filter = JSON.stringify([q, department, only, status]);
  const [kept, keep] = useState({ filter, ids: NONE, isAll: false });
  const isKept = kept.filter === filter;
  const ids = isKept ? kept.ids : NONE;
  const isAll = isKept && kept.isAll;
  // The same with each rendering, for rows are made again with another one.
  const choose = useCallback(
    (some: readonly string[], isChosen: boolean) => {
      keep((now) => {
        const next = new Set(now.filter === filter ? now.ids : NONE);
        for (const id of some) {
          if (isChosen) next.add(id);
          else next.delete(id);
        }
        return { filter, ids: next, isAll: false };
      });
    },
    [filter],
  );
  return useMemo(
    () => ({
      ids,
      isAll,
      has: (id) => isAll || ids.has(id),
      choose,
      chooseAll: () => {
        keep({ filter, ids: NONE, isAll: true });
      },
      letGo: () => {
        keep({ filter, ids: NONE, isAll: false });
      },
    }),
    [ids, isAll, choose, filter],
  );
}
