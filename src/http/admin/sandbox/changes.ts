import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { MAX_CHANGES, type CompanyHistory } from '../../../sandbox/history/company-history.ts';
import { CHANGE_KINDS, type ChangeKind } from '../../../directory/history/change.ts';
import type { ChangeQuery } from '../../../sandbox/history/contract.ts';
import { answeredHistory } from './history-errors.ts';
import { json, problem } from '../reply.ts';

/** The history of a company and of each employee. */
export function changeRoutes(history: CompanyHistory): readonly Route[] {
  return [
    {
      operation: 'changes.list',
      method: 'GET',
      path: '/mingce/v1/companies/:key/changes',
      answer: (call) => answeredHistory(() => feed(history, call)),
    },
    {
      operation: 'employees.changes',
      method: 'GET',
      path: '/mingce/v1/companies/:key/employees/:id/changes',
      answer: (call) => answeredHistory(() => ofEmployee(history, call)),
    },
  ];
}

/** Parameters that choose changes by where they came from. */
const ORIGINS = ['platform', 'operation', 'app', 'request'] as const;

async function feed(history: CompanyHistory, { params, query }: Call): Promise<Reply> {
  const limit = limitOf(query);
  if (typeof limit !== 'number') return limit;
  const before = query.get('before');
  if (before !== null && !/^[0-9]{1,15}$/.test(before)) {
    return problem(400, 'The parameter before is the number of a change.');
  }
  const since = query.get('since');
  const sinceAt = since === null ? undefined : Date.parse(since);
  if (sinceAt !== undefined && Number.isNaN(sinceAt)) {
    return problem(400, 'The parameter since is an instant such as 2026-12-24T08:00:00+08:00.');
  }
  const kind = query.get('kind');
  const isKnown = (name: string): name is ChangeKind => (CHANGE_KINDS as readonly string[]).includes(name);
  if (kind !== null && !isKnown(kind)) return problem(400, `The parameter kind is one of ${CHANGE_KINDS.join(', ')}.`);
  const subject = query.get('subject');
  if (subject !== null && kind === null) return problem(400, 'With the parameter subject give its kind as well.');
  const about: ChangeQuery = {
    limit,
    ...(kind === null ? {} : { kind }),
    ...(subject === null ? {} : { subject }),
    ...(before === null ? {} : { before: Number(before) }),
    ...Object.fromEntries(ORIGINS.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : []))),
    ...(sinceAt === undefined ? {} : { since: sinceAt }),
  };
  return json(200, await history.feed(params['key'] ?? '', about));
}

async function ofEmployee(history: CompanyHistory, { params, query }: Call): Promise<Reply> {
  const limit = limitOf(query);
  if (typeof limit !== 'number') return limit;
  return json(200, await history.of(params['key'] ?? '', params['id'] ?? '', query.get('field'), limit));
}

function limitOf(query: URLSearchParams): number | Reply {
  const limit = Number(query.get('limit') ?? 100);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_CHANGES) return limit;
  return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_CHANGES)}.`);
}
