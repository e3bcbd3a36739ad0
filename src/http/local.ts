import { isLoopbackAddress, isLoopbackName, nameOf } from '../lib/network/loopback.ts';

/** Headers by which proxies name their callers, besides those that begin with `x-forwarded-`. */
const FORWARDING = [
  'forwarded',
  'via',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
];

/** Whether nothing says that a proxy asks for somebody else. */
function isDirect(headers: Readonly<Record<string, string | undefined>>): boolean {
  if (FORWARDING.some((name) => headers[name] !== undefined)) return false;
  for (const name in headers) if (name.startsWith('x-forwarded-')) return false;
  return true;
}

/** A call, as far as it tells where the caller is. */
export interface Whence {
  /** Whether the server listens on loopback only and no address is configured under which others reach it. */
  readonly isPrivate: boolean;
  readonly peer: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns whether the caller is on this machine. Everything that trusts such callers asks here. A proxy on this machine
 * that keeps its own address in `Host` and does not name its callers looks the same: that is why operations.md asks for
 * `MINGCE_ORIGIN` behind one.
 */
export function isLocal({ isPrivate, ...call }: Whence): boolean {
  return isPrivate && isFromHere(call);
}

/** Whether the call itself looks as if it came from this machine: enough to keep counts apart, not to be trusted. */
export function isFromHere({ peer, headers }: Omit<Whence, 'isPrivate'>): boolean {
  return isLoopbackAddress(peer) && isLoopbackName(nameOf(headers['host'] ?? '') ?? '') && isDirect(headers);
}
