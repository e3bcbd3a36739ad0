/**
 * Makes the test whether a text is a pattern in which each `*` is any text. A regular expression would try every way to
 * share a text out among several stars, which takes minutes for a dozen of them and a text as long as a header may be.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  const between = rest.filter((part) => part !== '');
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    // Each part where it comes first leaves the most room for those behind it.
    for (const part of between) {
      const at = text.indexOf(part, from);
      if (at === -1 || at + part.length > end) return false;
      from = at + part.length;
    }
    return true;
  };
}
