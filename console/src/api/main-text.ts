/** Returns a text in its main language; null for what is none. */
export function mainText(value: unknown): string | null {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const text = isMap ? (value as Readonly<Record<string, unknown>>)['value'] : value;
  return typeof text === 'string' && text !== '' ? text : null;
}
