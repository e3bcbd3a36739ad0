/** Whose share an address takes: itself, or its network of 64 bits, which one customer of a provider has to itself. */
export function shareOf(address: string): string {
  if (!address.includes(':')) return address;
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1);
  const [head = '', tail] = address.replace(/%.*/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  if (tail !== undefined) groups.push(...Array.from({ length: 8 - groups.length - rest.length }, () => '0'), ...rest);
  return `${groups.slice(0, 4).join(':')}::/64`;
}
