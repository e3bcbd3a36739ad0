import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { parseJson } from '../../../lib/json.ts';
import type { CompanyHistory } from '../../../sandbox/history/company-history.ts';
import type { UndoOptions } from '../../../sandbox/history/contract.ts';
import type { SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { answeredHistory } from './history-errors.ts';
import { json, problem } from '../reply.ts';
import { changesSandbox } from './sandbox-mode.ts';

const body = Compile(
  Type.Object(
    {
      fields: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 200 })),
      request: Type.Optional(Type.Boolean()),
      plan: Type.Optional(Type.Boolean()),
      only: Type.Optional(Type.Literal('without-conflicts')),
    },
    { additionalProperties: false },
  ),
);

const USAGE =
  'The body is { "fields": ["mobile"], "request": true, "plan": true, "only": "without-conflicts" }, each if wanted.';
const NUMBER = /^[1-9][0-9]{0,14}$/;

/** Takes a change back, which is a change itself. */
export function undoRoute(history: CompanyHistory, mode: SandboxMode): Route {
  return {
    operation: 'changes.undo',
    method: 'POST',
    path: '/mingce/v1/companies/:key/changes/:number/undo',
    answer: changesSandbox(mode, (call) => answeredHistory(() => undo(history, call))),
  };
}

async function undo(history: CompanyHistory, call: Call): Promise<Reply> {
  const options = optionsOf(call.body);
  if (options === null) return problem(400, USAGE);
  const { params, requestId } = call;
  const { key = '', number = '' } = params;
  const answer = await history.undo(key, NUMBER.test(number) ? Number(number) : 0, options, requestId);
  const isRefused = !answer.planned && answer.conflicts.length > 0 && answer.undone.length === 0;
  return json(isRefused ? 409 : 200, answer);
}

function optionsOf(bytes: Uint8Array): UndoOptions | null {
  if (bytes.length === 0) return {};
  const parsed = parseJson(bytes);
  return parsed.ok && body.Check(parsed.value) ? parsed.value : null;
}
