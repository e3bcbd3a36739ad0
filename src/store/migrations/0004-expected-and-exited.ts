import type { SqlSyntax } from '../engine.ts';

/**
 * Look-ups of people who are still to come, by department, and of those who left the workspace. Values that are longer
 * are kept as digests, which no statement can make: those rows follow when the record is next written.
 */
export const statements = (flavor: SqlSyntax): readonly string[] => {
  const status = flavor.jsonText('e.record', 'status');
  const department = flavor.jsonText('d.value', 'department');
  return [
    `INSERT INTO lookup (tenant, space, value, employee)
SELECT DISTINCT e.tenant, 'expected-department', ${department}, e.seq
FROM employee e, ${flavor.jsonEach(flavor.jsonGet('e.record', 'departments'), 'd')}
WHERE ${status} = 'pre-hire' AND length(${department}) <= 256 AND ${department} NOT LIKE 'sha256:%'`,
    `INSERT INTO lookup (tenant, space, value, employee)
SELECT e.tenant, 'exited', 'yes', e.seq FROM employee e
WHERE ${flavor.jsonText('e.record', 'activation')} = 'exited'
AND coalesce(${status}, 'regular') IN ('probation', 'regular', 'pre-resigned')`,
  ];
};
