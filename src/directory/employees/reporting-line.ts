/** The two graphs of who reports to whom; they are judged apart. */
export type ReportingLine = 'direct' | 'dotted';

/**
 * Whether an employee would come to report to himself, at any distance, by taking these leaders.
 * `above` holds everyone found by going up the line from the new leaders, the leaders included.
 */
export function createsCycle(employee: string, above: ReadonlySet<string>): boolean {
  return above.has(employee);
}
