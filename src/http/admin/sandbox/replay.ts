import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { SnapshotError } from '../../../directory/snapshots.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import type { ReplayRequest } from '../../../sandbox/replay/contract.ts';
import { NotRunError } from '../../../sandbox/replay/rebuilt-call.ts';
import { UnknownReceiverError, type Replays } from '../../../sandbox/replay/replays.ts';
import { ForkKeyError, SandboxClosedError, type SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { json, problem } from '../reply.ts';
import { changesSandbox } from './sandbox-mode.ts';

const TEXTS = ['company', 'fork', 'app', 'user', 'path'] as const;
const MEMBERS: readonly string[] = [...TEXTS, 'query', 'body', 'with'];

/** Sends a call of the journal again, as it was or with something otherwise. */
export function replayRoute(replays: Replays, mode: SandboxMode): Route {
  return {
    operation: 'requests.replay',
    method: 'POST',
    path: '/mingce/v1/requests/:id/replay',
    answer: changesSandbox(mode, async (call, context): Promise<Reply> => {
      const edit = editIn(call);
      if (typeof edit === 'string') return problem(400, edit);
      try {
        const replayed = await replays.send(call.params['id'] ?? '', edit, context, call);
        return replayed === null
          ? problem(404, 'The journal has no such request; it may have been made room for newer ones.')
          : json(200, replayed);
      } catch (error) {
        return refusalOf(error);
      }
    }),
  };
}

function refusalOf(error: unknown): Reply {
  if (error instanceof NotRunError) return problem(422, error.message, { code: error.code });
  if (error instanceof UnknownReceiverError) return problem(404, error.message);
  if (error instanceof ForkKeyError) return problem(400, error.message);
  if (error instanceof SandboxClosedError || (error instanceof SnapshotError && error.reason === 'name-taken'))
    return problem(409, error.message);
  if (error instanceof SnapshotError) return problem(422, error.message);
  throw error;
}

/** Reads what is to be otherwise; a sentence where that cannot be read. */
function editIn({ body }: Call): ReplayRequest | string {
  if (body.byteLength === 0) return {};
  const parsed = parseJson(body);
  if (!parsed.ok || !isObject(parsed.value)) return 'The body is a JSON object, or empty.';
  const { value } = parsed;
  const odd = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (odd !== undefined) return `The body has only ${MEMBERS.join(', ')}.`;
  const wrong = TEXTS.find((name) => value[name] !== undefined && typeof value[name] !== 'string');
  if (wrong !== undefined) return `The member ${wrong} is a text.`;
  const { path, query, company, fork, with: instead } = value;
  if (instead !== undefined && (instead !== 'nearest' || Object.keys(value).length > 1))
    return 'The member with is "nearest", and is sent alone.';
  if (company !== undefined && fork !== undefined) return 'Give company or fork, not both.';
  if (typeof path === 'string' && !/^\/[\x21-\x7e]*$/.test(path))
    return 'The path begins with / and has neither spaces nor other characters that are escaped in an address.';
  const isQuery =
    query === undefined || (isObject(query) && Object.values(query).every((one) => typeof one === 'string'));
  // Read member by member above.
  return isQuery ? (value as ReplayRequest) : 'The member query is an object of texts.';
}
