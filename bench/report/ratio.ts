/** What was measured over several rounds. */
export interface Series {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** The middle and the ends of some figures. */
export function seriesOf(figures: readonly number[]): Series {
  const sorted = figures.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN,
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  };
}

/** Round by round, one row of figures over another; only figures of the same round are held against each other. */
export function ratios(figures: readonly number[], baseline: readonly number[]): Series {
  return seriesOf(figures.map((figure, round) => figure / (baseline[round] ?? Number.NaN)));
}

/** A figure with so many digits as are worth reading. */
export function shown(figure: number): string {
  if (Number.isNaN(figure)) return '–';
  if (figure >= 100) return Math.round(figure).toLocaleString('en-US');
  return figure >= 10 ? figure.toFixed(1) : figure.toFixed(2);
}
