import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { SnapshotError, type Restored, type Snapshot, type SnapshotErrorReason } from '../../../directory/snapshots.ts';
import { meantAmong } from '../../../lib/did-you-mean.ts';
import { isObject } from '../../../lib/json-equal.ts';
import {
  ForkKeyError,
  SandboxClosedError,
  SnapshotNameError,
  type CompanyStates,
  type TokenChoice,
} from '../../../sandbox/snapshots/contract.ts';
import type { RestoredState, SnapshotLine, SnapshotLines } from '../contract.ts';
import { json, noContent, problem } from '../reply.ts';

/** States of companies: kept, listed, put back. */
export function snapshotRoutes(states: CompanyStates): readonly Route[] {
  const company = '/mingce/v1/companies/:key';
  const snapshots = `${company}/snapshots`;
  return [
    {
      operation: 'companies.snapshots',
      method: 'GET',
      path: snapshots,
      answer: ({ params }) =>
        answered(async () => {
          const { snapshots: found, applied } = await states.list(params['key'] ?? '');
          return json(200, {
            snapshots: found.map(lineOf),
            applied: applied === null ? null : { at: instantOf(applied.at), change: applied.change },
          } satisfies SnapshotLines);
        }),
    },
    {
      operation: 'companies.take-snapshot',
      method: 'POST',
      path: snapshots,
      answer: (call) =>
        answered(async () => {
          const { name } = bodyOf(call, ['name']);
          if (typeof name !== 'string') throw new BadBodyError('Send the name of the snapshot: {"name": "before"}.');
          return json(201, lineOf(await states.take(call.params['key'] ?? '', name)));
        }),
    },
    {
      operation: 'companies.restore-snapshot',
      method: 'POST',
      path: `${snapshots}/:name/restore`,
      answer: (call) =>
        answered(async () => {
          const { key = '', name = '' } = call.params;
          return json(200, restoredOf(await states.restore(key, name, call.requestId, tokensOf(call))));
        }),
    },
    {
      operation: 'companies.remove-snapshot',
      method: 'DELETE',
      path: `${snapshots}/:name`,
      answer: ({ params: { key = '', name = '' } }) =>
        answered(async () => {
          if (await states.remove(key, name)) return noContent;
          const names = (await states.list(key)).snapshots.map((one) => one.name);
          return problem(404, `There is no snapshot of this name; ${meantAmong(name, names)}.`);
        }),
    },
    {
      operation: 'companies.fork',
      method: 'POST',
      path: `${company}/fork`,
      answer: (call) =>
        answered(async () => {
          const { key } = bodyOf(call, ['key']);
          if (typeof key !== 'string') throw new BadBodyError('Send the key of the copy: {"key": "acme-2"}.');
          return json(201, await states.fork(call.params['key'] ?? '', key, call.requestId));
        }),
    },
    {
      operation: 'companies.diff',
      method: 'GET',
      path: `${company}/diff`,
      answer: ({ params, query }) =>
        answered(async () =>
          json(200, await states.diff(params['key'] ?? '', query.get('from') ?? '@applied', query.get('to') ?? '@now')),
        ),
    },
    {
      operation: 'companies.reset',
      method: 'POST',
      path: `${company}/reset`,
      answer: (call) =>
        answered(async () =>
          json(200, restoredOf(await states.reset(call.params['key'] ?? '', call.requestId, tokensOf(call)))),
        ),
    },
  ];
}

/** A body that cannot be read, in one sentence. */
class BadBodyError extends Error {}

const STATUS: Readonly<Record<SnapshotErrorReason, number>> = {
  'unknown-company': 404,
  unknown: 404,
  'name-taken': 409,
  'too-many': 409,
  'nothing-applied': 409,
  taken: 409,
  published: 409,
  'too-large': 422,
};

async function answered(answer: () => Promise<Reply>): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof SnapshotError) return problem(STATUS[error.reason], error.message);
    if (error instanceof SandboxClosedError) return problem(409, error.message);
    if (error instanceof SnapshotNameError || error instanceof ForkKeyError || error instanceof BadBodyError)
      return problem(400, error.message);
    throw error;
  }
}

/** The members of a body, which may be absent as a whole and has no others. */
function bodyOf({ body }: Call, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (body.byteLength === 0) return {};
  let given: unknown;
  try {
    given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new BadBodyError('The body is not JSON.');
  }
  if (!isObject(given)) throw new BadBodyError('The body is a JSON object.');
  const odd = Object.keys(given).find((name) => !known.includes(name));
  if (odd !== undefined) throw new BadBodyError(`The body has only ${known.join(' and ')}.`);
  return given;
}

function tokensOf(call: Call): TokenChoice | undefined {
  const { tokens } = bodyOf(call, ['tokens']);
  if (tokens === undefined || tokens === 'keep' || tokens === 'restore') return tokens;
  throw new BadBodyError('The member tokens is keep or restore.');
}

function lineOf({ name, at, change }: Snapshot): SnapshotLine {
  return { name, at: instantOf(at), change };
}

function restoredOf({ snapshot, employees, left }: Restored): RestoredState {
  return { ...lineOf(snapshot), employees, left };
}

function instantOf(at: number): string {
  return new Date(at).toISOString();
}
