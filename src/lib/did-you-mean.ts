/** So many suggestions at the most. */
const MAX_SUGGESTIONS = 3;

/**
 * Returns up to three of the names that are close to a misspelt one, closest first. Case, hyphens and underscores do not
 * count; letters that changed places count as one mistake.
 */
export function didYouMean(misspelt: string, names: Iterable<string>): readonly string[] {
  const folded = fold(misspelt);
  const limit = Math.max(1, Math.floor(folded.length / 3));
  const close: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(names)) {
    const distance = distanceOf(folded, fold(lastPartOf(name)), limit);
    if (distance <= limit) close.push({ name, distance });
  }
  return close
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name);
}

/** So many names are listed where none is close. */
const MAX_LISTED = 10;

/** Says what a name that there is not may have been: names that are close to it, else those that there are. */
export function meantAmong(wrong: string, names: readonly string[]): string {
  if (names.length === 0) return 'there is none';
  const close = didYouMean(wrong, names);
  if (close.length > 0) return `did you mean ${close.join(' or ')}`;
  const left = names.length - MAX_LISTED;
  return `there are ${names.slice(0, MAX_LISTED).join(', ')}${left > 0 ? ` and ${String(left)} more` : ''}`;
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

function lastPartOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Optimal string alignment; stops counting above the limit. */
function distanceOf(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_none, index) => index);
  let leastOfLast = 0;
  for (let at = 1; at <= one.length; at++) {
    const row = [at];
    let leastOfRow = at;
    for (let to = 1; to <= other.length; to++) {
      const isSame = one[at - 1] === other[to - 1];
      let least = Math.min(
        (last[to] as number) + 1,
        (row[to - 1] as number) + 1,
        (last[to - 1] as number) + (isSame ? 0 : 1),
      );
      const isSwapped = at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      if (isSwapped) least = Math.min(least, (beforeLast[to - 2] as number) + 1);
      row.push(least);
      if (least < leastOfRow) leastOfRow = least;
    }
    // A row is made of the two before it, so nothing smaller comes after them.
    if (leastOfRow > limit && leastOfLast > limit) return limit + 1;
    leastOfLast = leastOfRow;
    beforeLast = last;
    last = row;
  }
  return last[other.length] as number;
}
