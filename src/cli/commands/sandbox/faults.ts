import type { FaultList, FaultView } from '../../../sandbox/faults/contract.ts';
import { toCommandError } from '../../admin-client.ts';
import { askedCompany, askedJson, askedServer, OF_VALUES } from '../../asked-server.ts';
import { UsageError } from '../../error-message.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce faults`. */
export interface FaultsOptions extends TargetOptions {
  readonly company?: string;
  readonly json: boolean;
}

const USAGE =
  'Say list; add with a preset or a rule as JSON; enable, disable or remove with the id of a rule; or clear.';

/** Lists and changes the rules by which calls of a company fail. */
export async function faults(action: string, value: string | undefined, options: FaultsOptions): Promise<void> {
  const needsValue = action !== 'list' && action !== 'clear';
  if (!['list', 'add', 'enable', 'disable', 'remove', 'clear'].includes(action) || needsValue !== (value !== undefined))
    throw new UsageError(USAGE);
  const ask = await askedServer(options);
  const key = await askedCompany(ask, options.company);
  const path = `/mingce/v1/companies/${encodeURIComponent(key)}/faults`;
  const rule = `${path}/${encodeURIComponent(value ?? '')}`;
  switch (action) {
    case 'add': {
      const added = await askedJson<{ readonly id: string }>(ask('POST', path, ruleText(value ?? '')), OF_VALUES);
      process.stdout.write(options.json ? `${JSON.stringify(added)}\n` : `${added.id}\n`);
      return;
    }
    case 'list': {
      const { faults: list } = await askedJson<FaultList>(ask('GET', path));
      process.stdout.write(options.json ? `${JSON.stringify({ faults: list })}\n` : textOf(list));
      return;
    }
    case 'enable':
    case 'disable':
      await done(ask('PATCH', rule, JSON.stringify({ enabled: action === 'enable' })));
      break;
    default:
      await done(ask('DELETE', action === 'clear' ? path : rule));
  }
  process.stdout.write(options.json ? '{}\n' : `${saidOf(action, value ?? '')}\n`);
}

/** What was done, in words. */
function saidOf(action: string, rule: string): string {
  switch (action) {
    case 'enable':
      return `${rule} is on. 规则已启用。`;
    case 'disable':
      return `${rule} is off. 规则已停用。`;
    case 'remove':
      return `${rule} was removed. 规则已删除。`;
    default:
      return 'No rule makes calls fail any more. 故障规则已全部清除。';
  }
}

/** A rule as JSON, or the name of a preset. */
function ruleText(value: string): string {
  return value.trimStart().startsWith('{') ? value : JSON.stringify({ preset: value });
}

async function done(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  if (!response.ok) throw await toCommandError(response);
}

function textOf(list: readonly FaultView[]): string {
  if (list.length === 0) return 'No rule makes calls fail. 没有故障规则。\n';
  const lines = list.map(({ id, preset, enabled, n, fired, effect, match }) => {
    const state = enabled === false ? 'off 停用' : 'on 启用';
    const what = preset ?? JSON.stringify(effect);
    return `${id}  ${state}  ${what}  ${match === undefined ? '' : JSON.stringify(match)}  ${String(fired)}/${String(n)}`;
  });
  return `${lines.join('\n')}\n`;
}
