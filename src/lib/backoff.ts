/** How long to wait before a further attempt, in milliseconds: longer each time up to half a second, never all at once. */
export function backoffMs(attempt: number): number {
  const most = Math.min(500, 5 * 2 ** attempt);
  return most / 2 + Math.random() * (most / 2);
}
