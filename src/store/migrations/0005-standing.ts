import type { SqlSyntax } from '../engine.ts';

const isDivided = "space NOT IN ('leader', 'dotted-leader', 'department', 'expected-department', 'exited')";

/** Those who do not work here are found in spaces of their own. */
export const statements = (flavor: SqlSyntax): readonly string[] => [
  `UPDATE lookup SET space = 'gone ' || space WHERE ${isDivided} AND employee IN (SELECT seq FROM employee WHERE active = 0)`,
  ...(['pre-hire', 'pre-hire-cancelled'] as const).map((status) => {
    const before = status === 'pre-hire' ? 'expected ' : 'cancelled ';
    // Most records need not be read for it.
    const isSo = `e.record LIKE '%"${status}"%' AND ${flavor.jsonText('e.record', 'status')} = '${status}'`;
    return `UPDATE lookup SET space = '${before}' || space WHERE ${isDivided} AND employee IN (SELECT e.seq FROM employee e WHERE e.active = 1 AND ${isSo})`;
  }),
];
