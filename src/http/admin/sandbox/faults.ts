import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import type { CompanyFaults, FaultsChanged } from '../../../sandbox/faults/company-faults.ts';
import type { FaultList } from '../../../sandbox/faults/contract.ts';
import type { SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { companyNotFound } from '../companies.ts';
import { json, noContent, problem } from '../reply.ts';
import { changesSandbox } from './sandbox-mode.ts';

const PATH = '/mingce/v1/companies/:key/faults';

/** The rules by which calls of a company fail: listed, added, switched, put in order and removed. */
export function faultRoutes(faults: CompanyFaults, mode: SandboxMode): readonly Route[] {
  const changing = (answer: (call: Call, key: string, id: string) => Promise<Reply>): Route['answer'] =>
    changesSandbox(mode, (call) => answer(call, call.params['key'] ?? '', call.params['id'] ?? ''));
  return [
    {
      operation: 'faults.list',
      method: 'GET',
      path: PATH,
      answer: async ({ params: { key = '' } }) => {
        const list = await faults.list(key);
        return list === null
          ? companyNotFound(key)
          : json(200, { faults: list, presets: faults.presets } satisfies FaultList);
      },
    },
    {
      operation: 'faults.add',
      method: 'POST',
      path: PATH,
      answer: changing(async ({ body }, key) => {
        const parsed = parseJson(body);
        if (!parsed.ok) return problem(422, 'Send a rule as JSON, e.g. {"preset": "feishu-rate-limit"}.');
        const added = await faults.add(key, parsed.value);
        return 'done' in added ? json(201, { id: added.id }) : refusal(added, key);
      }),
    },
    {
      operation: 'faults.edit',
      method: 'PATCH',
      path: `${PATH}/:id`,
      answer: changing(async ({ body }, key, id) => {
        const edit = editOf(body);
        if (edit === null) return problem(422, 'Send {"enabled": false} or {"before": "<id of another rule>"}.');
        const edited = await faults.edit(key, id, edit);
        return 'done' in edited ? noContent : refusal(edited, key);
      }),
    },
    {
      operation: 'faults.remove',
      method: 'DELETE',
      path: `${PATH}/:id`,
      answer: changing(async (_call, key, id) => {
        const removed = await faults.remove(key, id);
        return 'done' in removed ? noContent : refusal(removed, key);
      }),
    },
    {
      operation: 'faults.clear',
      method: 'DELETE',
      path: PATH,
      answer: changing(async (_call, key) => {
        const removed = await faults.remove(key, null);
        return 'done' in removed ? noContent : refusal(removed, key);
      }),
    },
  ];
}

const STATUS = { invalid: 422, conflict: 409, 'unknown-rule': 404 } as const;

function refusal({ refused, why }: Extract<FaultsChanged, { readonly refused: string }>, key: string): Reply {
  return why === 'unknown-company' ? companyNotFound(key) : problem(STATUS[why], refused);
}

function editOf(body: Uint8Array): { readonly enabled?: boolean; readonly before?: string } | null {
  const parsed = parseJson(body);
  if (!parsed.ok || !isObject(parsed.value)) return null;
  const { enabled, before, ...others } = parsed.value;
  const isEmpty = enabled === undefined && before === undefined;
  if (isEmpty || Object.keys(others).length > 0) return null;
  if (enabled !== undefined && typeof enabled !== 'boolean') return null;
  if (before !== undefined && typeof before !== 'string') return null;
  return { ...(enabled === undefined ? {} : { enabled }), ...(before === undefined ? {} : { before }) };
}
