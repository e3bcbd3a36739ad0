import { BlockList, isIP } from 'node:net';
import type { App } from '../../../directory/auth/app.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { appSettings, isMadeAfterSwitch, trustedAddresses, type AppSettings } from '../model/app-settings.ts';
import { settingsIn } from '../model/settings.ts';
import type { CallProblem } from '../protocol/errors.ts';

/**
 * What may call an operation (wecom-more 1.1):
 * `anyone` also a third-party app; `any` each app of the company; `details` the same, the assistant from a historic address
 * only; `roster` a self-built app that 人事助手 lists; `app` one with an agentid; `assistant` 通讯录同步助手; `write` the same
 * with 编辑; `tag-write` any app, the assistant with 编辑.
 */
export type Permission = 'anyone' | 'any' | 'details' | 'roster' | 'app' | 'assistant' | 'write' | 'tag-write';

/** Why an app may not call from this address at all: 60020. (wecom-more 1.3) */
export function refuseAddress(tenant: Tenant, app: App, address: string, at: number): CallProblem | null {
  const settings = appSettings(app);
  const isListed = (): boolean => {
    const { trusted_ip_delay_seconds: delay = 0 } = settingsIn(tenant);
    return includes(trustedAddresses(settings, delay, at), address);
  };
  const isTrusted = settings.trusted_ips.length === 0 ? !isMadeAfterSwitch(settings) : isListed();
  return isTrusted ? null : { kind: 'forbidden', subject: 'peer' };
}

/** Why an app may not call the operation: 48002, or 48009 for an assistant that reads from a new address. (wecom-more 1.2) */
export function refuseOperation(app: App, permission: Permission, address: string): CallProblem | null {
  const settings = appSettings(app);
  if (!isPermitted(settings, permission)) return { kind: 'forbidden', subject: 'operation' };
  const { kind, reading_ips = 'all' } = settings;
  if (permission !== 'details' || kind !== 'contact_sync' || reading_ips === 'all') return null;
  return includes(reading_ips, address) ? null : { kind: 'forbidden', subject: 'new-peer' };
}

function isPermitted({ kind, hr_callable, api_sync = 'edit' }: AppSettings, permission: Permission): boolean {
  if (kind === 'third_party') return permission === 'anyone';
  if (kind === 'contact_sync') {
    // 读取 refuses what writes contacts or tags, off refuses everything. (ruling 15)
    if (api_sync === 'off' || permission === 'roster' || permission === 'app') return false;
    return api_sync === 'edit' || (permission !== 'write' && permission !== 'tag-write');
  }
  if (permission === 'roster') return kind === 'self_built' && hr_callable;
  return permission !== 'write' && permission !== 'assistant';
}

const lists = new WeakMap<readonly string[], BlockList>();

/** Whether an address is one of a list, or in one of its ranges. */
function includes(ranges: readonly string[], address: string): boolean {
  let list = lists.get(ranges);
  if (list === undefined) {
    list = listOf(ranges);
    lists.set(ranges, list);
  }
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address);
    // What is no address lets no one in.
    if (family === 0) continue;
    const type = family === 4 ? 'ipv4' : 'ipv6';
    const length = bits === undefined ? null : Number(bits);
    if (length === null) list.addAddress(address, type);
    else if (length <= (family === 4 ? 32 : 128)) list.addSubnet(address, length, type);
  }
  return list;
}
