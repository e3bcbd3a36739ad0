import type { SqlSyntax, SqlTask, Statement } from '../engine.ts';

/** The row of a company's count; the tables' own numbers have names of one word. */
function rowName(tenant: number, name: string): string {
  return `count ${String(tenant)} ${name}`;
}

/** Counts one up, from 1 on; who asks at the same time waits. */
export function* countUp(tenant: number, name: string): SqlTask<number> {
  const [[row] = []] = yield [
    {
      text: 'INSERT INTO highest (name, number) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET number = highest.number + 1 RETURNING number',
      params: [rowName(tenant, name)],
    },
  ];
  return Number(row?.['number']);
}

/** How far it was counted; 0 where it was not. */
export function* countOf(tenant: number, name: string): SqlTask<number> {
  const [[row] = []] = yield [{ text: 'SELECT number FROM highest WHERE name = $1', params: [rowName(tenant, name)] }];
  return Number(row?.['number'] ?? 0);
}

/** Begins a count again. */
export function* endCount(tenant: number, name: string): SqlTask<void> {
  yield [{ text: 'DELETE FROM highest WHERE name = $1', params: [rowName(tenant, name)] }];
}

/** Ends all counts of a company that goes. */
export function endCountsOf({ prefix }: SqlSyntax, tenant: number): Statement {
  const [operator, rest] = prefix;
  return { text: `DELETE FROM highest WHERE name ${operator} $1`, params: [`${rowName(tenant, '')}${rest}`] };
}
