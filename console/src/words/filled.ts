/** Puts values in the places of a sentence, each word in the number that goes with its value. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(
    /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g,
    (_all, key: string, one: string | undefined, many: string | undefined) => {
      const value = String(values[key] ?? '');
      if (one === undefined || many === undefined) return value;
      return value === '1' ? one : many;
    },
  );
}
