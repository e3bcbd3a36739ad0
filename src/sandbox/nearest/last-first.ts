import type { Step } from './candidates/candidate.ts';

/**
 * Returns the same steps, where entries that are removed from one list after another are removed from the last to the first. So
 * each is named by its position in what was sent; the other way round, those behind a removed one have moved.
 */
export function lastFirst(steps: readonly Step[], isList: (pointer: string) => boolean): readonly Step[] {
  const ordered: Step[] = [];
  for (let at = 0; at < steps.length;) {
    const list = listOf(steps[at], isList);
    let end = at + 1;
    while (list !== null && end < steps.length && listOf(steps[end], isList) === list) end++;
    ordered.push(...(list === null ? steps.slice(at, end) : fromTheLast(steps.slice(at, end), list)));
    at = end;
  }
  return ordered;
}

/** Returns the pointer to the list from which a step removes an entry; null for any other step. */
function listOf(step: Step | undefined, isList: (pointer: string) => boolean): string | null {
  if (step?.kind !== 'remove') return null;
  const list = /^(.*)\/[0-9]+$/.exec(step.at)?.[1] ?? null;
  return list !== null && isList(list) ? list : null;
}

/** Names each removal by where its entry was at first, and puts the last of them first. */
function fromTheLast(removals: readonly Step[], list: string): readonly Step[] {
  const removed: { readonly position: number; readonly step: Step }[] = [];
  for (const step of removals) {
    let position = Number('at' in step ? step.at.slice(list.length + 1) : 0);
    for (const earlier of removed.toSorted((one, other) => one.position - other.position))
      if (earlier.position <= position) position++;
    removed.push({ position, step });
  }
  return removed
    .toSorted((one, other) => other.position - one.position)
    .map(({ position, step }) => ({ ...step, at: `${list}/${String(position)}` }) as Step);
}
