import { isIPv4 } from 'node:net';

/** Whether only this machine can have the address of a peer. */
export function isLoopbackAddress(address: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

/** Whether a name, as a URL has it, can only mean this machine: RFC 6761, 6.3, and the loopback addresses. */
export function isLoopbackName(name: string): boolean {
  if (name.startsWith('[')) return isLoopbackAddress(name.slice(1, -1));
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name);
}

/** The name in a `Host` header or in the authority of a URL, in lower case; null where there is none. */
export function nameOf(authority: string): string | null {
  const [, name] = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/.exec(authority) ?? [];
  // A dot at the end means the same name.
  return name?.toLowerCase().replace(/\.$/, '') ?? null;
}
