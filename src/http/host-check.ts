import type { Call, Reply } from '../dialects/dialect.ts';
import { isLoopbackName, nameOf } from '../lib/network/loopback.ts';

/** Under which names a server answers. */
export interface ServedHosts {
  /** Whether it listens on loopback only. */
  readonly onLoopback: boolean;
  /** Names that are configured. */
  readonly hosts: readonly string[];
  /** The address under which callers reach it, if that is configured. */
  readonly origin: string | null;
}

/** So many names are remembered as served. */
const MAX_KNOWN = 16;

const MISDIRECTED: Reply = {
  status: 421,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
  body: 'This server is not called by the name in the Host header. Call it by 127.0.0.1 or localhost, or list the name in MINGCE_HOSTS (--allow-host).\n本服务不接受请求中的 Host；请使用 127.0.0.1 或 localhost，或在 MINGCE_HOSTS（--allow-host）中列出该名称。\n',
};

/**
 * Turns away calls under a name that is not this server's; null where every name is served. A page whose name was made
 * to point here would otherwise count as one of ours (DNS rebinding): a browser sends the page's name as `Host`, and
 * only names that others can make point somewhere are dangerous. A call without the header comes from no browser.
 *
 * A server that others reach by whatever names their networks give it checks them only where some are configured.
 */
export function hostCheck({ onLoopback, hosts, origin }: ServedHosts): ((call: Call) => Reply | null) | null {
  if (!onLoopback && hosts.length === 0) return null;
  const own = nameOf(origin?.replace(/^https?:\/\//, '') ?? '');
  const names = new Set([...hosts.flatMap((host) => nameOf(host) ?? []), ...(own === null ? [] : [own])]);
  /** As they stood in the header. */
  const known = new Set<string>();
  return ({ headers }) => {
    const host = headers['host'];
    // Callers use the same few names again and again.
    if (host === undefined || known.has(host)) return null;
    const name = nameOf(host) ?? '';
    if (!isLoopbackName(name) && !names.has(name)) return MISDIRECTED;
    if (known.size >= MAX_KNOWN) known.clear();
    known.add(host);
    return null;
  };
}
