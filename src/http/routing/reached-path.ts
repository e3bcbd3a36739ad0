/**
 * The path of a platform that a client reached by a base URL of its own: with a path in front (`/feishu/open-apis/…`), a
 * slash at its end (`//open-apis/…`) or doubled slashes. Null where the path is as a platform has it, or is of none.
 */
export function reachedPath(path: string, prefixes: readonly string[]): string | null {
  const single = path.replaceAll(/\/{2,}/g, '/');
  let start = -1;
  for (const prefix of prefixes) {
    const at = single.indexOf(prefix);
    if (at !== -1 && (start === -1 || at < start)) start = at;
  }
  if (start === -1) return null;
  const reached = single.slice(start);
  return reached === path ? null : reached;
}
