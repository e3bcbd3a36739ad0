import type { Dialect, Route } from '../../../dialects/dialect.ts';
import { dryRun } from '../../../sandbox/dry-run/dry-run.ts';
import { DryRunError } from '../../../sandbox/dry-run/dry-store.ts';
import { checkedCall } from '../../../sandbox/dry-run/checked-call.ts';
import type { SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { parseJson } from '../../../lib/json.ts';
import { json, problem } from '../reply.ts';
import { madeFrom, OWN_CALL_USAGE, ownCallBody, shownBody } from './calls.ts';
import { needsSandbox } from './sandbox-mode.ts';

const NO_NAMES = { selectors: [], query: { every: [], operations: {} }, reasons: {} };

/** Says what a call of a platform would be answered, and what would become of each member; nothing is written. */
export function checkCallRoute(dialects: readonly Dialect[], mode: SandboxMode): Route {
  return {
    operation: 'calls.check',
    method: 'POST',
    path: '/mingce/v1/companies/:key/check',
    answer: needsSandbox(mode, async (call, context) => {
      const parsed = parseJson(call.body);
      if (!parsed.ok || !ownCallBody.Check(parsed.value)) return problem(400, OWN_CALL_USAGE);
      const made = await madeFrom(parsed.value, call, context, { dialects });
      if ('status' in made) return made;
      const { platform } = parsed.value;
      const names = dialects.find(({ name }) => name === platform)?.memberNames ?? NO_NAMES;
      try {
        const reply = await dryRun(made.route, made.call, made.context);
        const answer = reply.stream === undefined ? await shownBody(reply) : null;
        return json(200, checkedCall(made.route, made.call, reply, answer, names));
      } catch (error) {
        if (error instanceof DryRunError) return problem(409, error.message);
        throw error;
      }
    }),
  };
}
