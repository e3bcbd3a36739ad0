/** The two graphs of reporting lines, which are judged separately. */
export type ReportingLine = 'direct' | 'dotted';

/**
 * Returns whether the new leaders would make an employee their own superior, at any distance.
 * `above` contains all employees above the new leaders, the leaders included.
 */
export function createsCycle(employee: string, above: ReadonlySet<string>): boolean {
  return above.has(employee);
}
