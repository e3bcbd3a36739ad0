/**
 * Those who can be reached from themselves by going on from one to the next. Each is visited once, however long a line
 * is and however many lines meet (Tarjan's strongly connected components, without recursion).
 */
export function inLoops(all: Iterable<string>, next: (at: string) => readonly string[]): ReadonlySet<string> {
  const looped = new Set<string>();
  /** In which order each was met, and the earliest that can be reached from it. */
  const order = new Map<string, number>();
  const earliest = new Map<string, number>();
  const component: string[] = [];
  const isOpen = new Set<string>();
  const trail: { readonly at: string; readonly following: readonly string[]; position: number }[] = [];
  const reach = (at: string, number: number): void => {
    earliest.set(at, Math.min(earliest.get(at) ?? number, number));
  };
  const enter = (at: string): void => {
    const number = order.size;
    order.set(at, number);
    reach(at, number);
    component.push(at);
    isOpen.add(at);
    trail.push({ at, following: next(at), position: 0 });
  };
  const leave = (at: string): void => {
    trail.pop();
    const low = earliest.get(at) ?? 0;
    const before = trail.at(-1)?.at;
    if (before !== undefined) reach(before, low);
    if (low !== order.get(at)) return;
    const members = component.splice(component.lastIndexOf(at));
    for (const member of members) {
      isOpen.delete(member);
      if (members.length > 1 || next(member).includes(member)) looped.add(member);
    }
  };
  for (const start of all) {
    if (order.has(start)) continue;
    enter(start);
    for (let step = trail.at(-1); step !== undefined; step = trail.at(-1)) {
      const following = step.following[step.position++];
      if (following === undefined) leave(step.at);
      else if (!order.has(following)) enter(following);
      else if (isOpen.has(following)) reach(step.at, order.get(following) ?? 0);
    }
  }
  return looped;
}
