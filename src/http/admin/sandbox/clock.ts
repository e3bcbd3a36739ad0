import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { durationMs } from '../../../lib/time/duration.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import type { CompanyClocks } from '../../../sandbox/clock/company-clocks.ts';
import type { ClockMove } from '../../../sandbox/clock/move.ts';
import { companyNotFound } from '../companies.ts';
import { json, problem } from '../reply.ts';
import type { SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { changesSandbox } from './sandbox-mode.ts';

const PATH = '/mingce/v1/companies/:key/clock';

/** The clock of a company: read, moved forward, stopped and set going. */
export function clockRoutes(clocks: CompanyClocks, mode: SandboxMode): readonly Route[] {
  return [
    {
      operation: 'clock.show',
      method: 'GET',
      path: PATH,
      answer: async ({ params }) => {
        const key = params['key'] ?? '';
        const view = await clocks.show(key);
        return view === null ? companyNotFound(key) : json(200, view);
      },
    },
    {
      operation: 'clock.move',
      method: 'POST',
      path: PATH,
      answer: changesSandbox(mode, (call) => move(clocks, call)),
    },
  ];
}

async function move(clocks: CompanyClocks, { params, query, body }: Call): Promise<Reply> {
  const key = params['key'] ?? '';
  const plan = query.get('plan') ?? 'false';
  if (plan !== 'true' && plan !== 'false') return problem(400, 'The parameter plan is true or false.');
  const asked = moveOf(body);
  if (typeof asked === 'string') return problem(422, asked);
  const view = await clocks.move(key, asked, plan === 'true');
  switch (view) {
    case null:
      return companyNotFound(key);
    case 'backwards':
      return problem(409, 'The time of a company goes forward only; a reset puts it back.');
    case 'too-far':
      return problem(422, 'A company is at most ten years ahead of the system.');
    default:
      return json(200, view);
  }
}

const USAGE =
  'Send {"advance": "PT2H"}, {"to": "2026-12-24T08:00:00+08:00"}, {"freeze": true} or {"resume": true}; freeze may be beside advance or to.';

/** An instant with its distance from UTC: without it, several are meant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads how to move a clock; a sentence where it is not said. */
function moveOf(body: Uint8Array): ClockMove | string {
  const parsed = parseJson(body);
  if (!parsed.ok || !isObject(parsed.value)) return USAGE;
  const { advance, to, freeze, resume, ...others } = parsed.value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined || (freeze !== undefined && freeze !== true) || (resume !== undefined && resume !== true))
    return USAGE;
  const said = [advance, to, resume].filter((one) => one !== undefined).length;
  if (said > 1 || (said === 0 && freeze === undefined) || (freeze === true && resume === true)) return USAGE;
  const frozen = freeze === true ? { frozen: true } : resume === true ? { frozen: false } : {};
  if (advance !== undefined) {
    const ms = typeof advance === 'string' ? durationMs(advance) : null;
    return ms === null
      ? 'The member advance is a duration of ISO 8601 in weeks, days, hours, minutes and seconds, e.g. "PT2H" or "P32D".'
      : { advance: ms, ...frozen };
  }
  if (to === undefined) return frozen;
  const at = typeof to === 'string' && INSTANT.test(to) ? Date.parse(to) : Number.NaN;
  return Number.isNaN(at)
    ? 'The member to is an instant of ISO 8601 with its distance from UTC, e.g. "2026-12-24T08:00:00+08:00".'
    : { to: at, ...frozen };
}
