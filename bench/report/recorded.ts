/** Reads the ratios of an earlier run from its table, by goal and what was measured. */
export function recordedRatios(results: string): ReadonlyMap<string, number> {
  const ratios = new Map<string, number>();
  for (const line of results.split('\n')) {
    const [, goal, what, figure] = /^\| (P[0-9]+) \| (.+?) \| \*\*([0-9.,]+)\*\*/.exec(line) ?? [];
    if (figure !== undefined) ratios.set(`${String(goal)} ${String(what)}`, Number(figure.replaceAll(',', '')));
  }
  return ratios;
}
