import type { RestoredState, SnapshotLine, SnapshotLines } from '../../../http/admin/contract.ts';
import type { Forked, StateDifference } from '../../../sandbox/snapshots/contract.ts';
import { counted } from '../../../lib/counted.ts';
import { toCommandError } from '../../admin-client.ts';
import { askedServer } from '../../asked-server.ts';
import { UsageError } from '../../error-message.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of the commands about states of companies. */
export interface StateOptions extends TargetOptions {
  readonly json: boolean;
  readonly tokens?: string;
}

const ACTIONS = ['take', 'list', 'restore', 'remove'] as const;

/** Takes, lists, puts back or removes snapshots of a company. */
export async function snapshot(
  action: string,
  key: string,
  name: string | undefined,
  options: StateOptions,
): Promise<void> {
  if (!ACTIONS.some((one) => one === action)) {
    throw new UsageError(`The action is one of ${ACTIONS.join(', ')}, not "${action}".`);
  }
  if (action !== 'list' && name === undefined) throw new UsageError(`Name the snapshot to ${action}.`);
  const path = `${companyPath(key)}/snapshots`;
  const named = `${path}/${encodeURIComponent(name ?? '')}`;
  switch (action) {
    case 'take': {
      const taken = await ask<SnapshotLine>(options, 'POST', path, { name });
      print(options, taken, [`${taken.name} was taken. 快照已保存。`]);
      return;
    }
    case 'list': {
      const list = await ask<SnapshotLines>(options, 'GET', path);
      const { applied, snapshots } = list;
      print(options, list, [
        ...(applied === null ? [] : [`${applied.at}  @applied`]),
        ...snapshots.map(({ at, name: is }) => `${at}  ${is}`),
      ]);
      return;
    }
    case 'restore':
      printRestored(options, await ask<RestoredState>(options, 'POST', `${named}/restore`, tokensIn(options)));
      return;
    default:
      await ask(options, 'DELETE', named);
      print(options, {}, [`${name ?? ''} was removed. 快照已删除。`]);
  }
}

/** Makes a company as its file made it. */
export async function reset(key: string, options: StateOptions): Promise<void> {
  printRestored(options, await ask<RestoredState>(options, 'POST', `${companyPath(key)}/reset`, tokensIn(options)));
}

/** Copies a company under another key. */
export async function fork(key: string, to: string, options: StateOptions): Promise<void> {
  const forked = await ask<Forked>(options, 'POST', `${companyPath(key)}/fork`, { key: to });
  print(options, forked, [
    `${to} is a copy of ${key}; the secrets are the same. 副本已创建，密钥不变。`,
    ...forked.names.map(({ space, to: is }) => `  ${space}  ${is}`),
    ...forked.apps.map(({ platform, from, to: is }) => `  ${platform}  ${from} → ${is}`),
  ]);
}

/** Prints what differs between two states of a company. */
export async function diff(
  key: string,
  from: string | undefined,
  to: string | undefined,
  options: StateOptions,
): Promise<void> {
  const query = new URLSearchParams({ from: from ?? '@applied', to: to ?? '@now' });
  const found = await ask<StateDifference>(options, 'GET', `${companyPath(key)}/diff?${query.toString()}`);
  const lines = [
    ...found.added.map(({ kind, id }) => `+ ${kind} ${id}`),
    ...found.removed.map(({ kind, id }) => `- ${kind} ${id}`),
    ...found.changed.map(({ kind, id, fields }) => `~ ${kind} ${id}: ${fields.join(', ')}`),
  ];
  print(options, found, lines.length === 0 ? ['Nothing differs. 没有差异。'] : lines);
}

function companyPath(key: string): string {
  return `/mingce/v1/companies/${encodeURIComponent(key)}`;
}

function tokensIn({ tokens }: StateOptions): object {
  return tokens === undefined ? {} : { tokens };
}

function printRestored(options: StateOptions, state: RestoredState): void {
  const { name, employees, left } = state;
  print(options, state, [
    `${name} was put back; ${counted(employees, 'employee')} changed. 已恢复，${String(employees)} 名员工有变化。`,
    ...left.map((id) => `  login ${id} stays, as another company changed it 登录账号已被其他公司修改，保持不变`),
  ]);
}

function print({ json }: StateOptions, answer: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(answer)}\n` : lines.map((line) => `${line}\n`).join(''));
}

async function ask<Answer>(options: StateOptions, method: string, path: string, body?: object): Promise<Answer> {
  const send = await askedServer(options);
  const answer = await send(method, path, body === undefined ? undefined : JSON.stringify(body));
  if (!answer.ok) throw await toCommandError(answer);
  // The admin API answers each path with one type; 204 has no body.
  return (answer.status === 204 ? {} : await answer.json()) as Answer;
}
