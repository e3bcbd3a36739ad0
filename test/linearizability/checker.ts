/** One operation as its caller saw it: from when to when it was under way, and what it was and answered. */
export interface Operation<Action> {
  readonly action: Action;
  readonly from: number;
  /** Infinity where no answer came: it may have happened at any time since, or not at all. */
  readonly to: number;
}

/** What operations mean when they come one after the other. */
export interface Model<State, Action> {
  readonly first: State;
  /** The state after the action; null where one could not have answered so in this state. */
  after(state: State, action: Action): State | null;
  /** Equal for states that are the same. */
  keyOf(state: State): string;
}

/** One end of an operation in time. */
interface Mark {
  readonly index: number;
  readonly isEnd: boolean;
  previous: Mark | null;
  next: Mark | null;
}

/**
 * Whether a history is linearizable: whether the operations can be put one after the other, each at some moment while
 * it was under way, so that every answer is the one the model gives.
 *
 * Tries orders as Wing and Gong do ("Testing and verifying concurrent objects", 1993), and remembers which sets of
 * operations led to which state, so that no such pair is tried twice (Lowe, "Testing for linearizability", 2017).
 */
export function isLinearizable<State, Action>(
  operations: readonly Operation<Action>[],
  model: Model<State, Action>,
): boolean {
  const history = operations.toSorted((a, b) => a.from - b.from);
  const head: Mark = { index: -1, isEnd: false, previous: null, next: null };
  const ends = link(head, history);
  const done = new Set<number>();
  const tried = new Set<string>();
  const chosen: { readonly start: Mark; readonly state: State }[] = [];
  const left = new Set(history.flatMap(({ to }, index) => (to === Infinity ? [] : [index])));
  let state = model.first;
  let mark = head.next;
  while (left.size > 0) {
    if (mark !== null && !mark.isEnd) {
      const after = model.after(state, action(history, mark.index));
      if (after !== null) {
        done.add(mark.index);
        const key = `${setKey(done, history.length)} ${model.keyOf(after)}`;
        if (!tried.has(key)) {
          tried.add(key);
          chosen.push({ start: mark, state });
          state = after;
          left.delete(mark.index);
          unlink(mark);
          const end = ends[mark.index];
          if (end !== undefined) unlink(end);
          mark = head.next;
          continue;
        }
        done.delete(mark.index);
      }
      mark = mark.next;
      continue;
    }
    // What ends here has to have happened, or nothing is left to choose: the last choice was wrong.
    const last = chosen.pop();
    if (last === undefined) return false;
    const { index } = last.start;
    done.delete(index);
    if (history[index]?.to !== Infinity) left.add(index);
    const end = ends[index];
    if (end !== undefined) relink(end);
    relink(last.start);
    ({ state } = last);
    mark = last.start.next;
  }
  return true;
}

/** Links all beginnings and ends in order of time behind the head; answers the end of each operation. */
function link(head: Mark, history: readonly Operation<unknown>[]): readonly (Mark | undefined)[] {
  const ends: (Mark | undefined)[] = [];
  const marks = history.flatMap(({ from, to }, index) => {
    const start = { at: from, mark: { index, isEnd: false, previous: null, next: null } satisfies Mark as Mark };
    if (to === Infinity) return [start];
    const end: Mark = { index, isEnd: true, previous: null, next: null };
    ends[index] = end;
    return [start, { at: to, mark: end }];
  });
  // At one and the same moment what begins comes before what ends: they may have been under way together.
  marks.sort((a, b) => a.at - b.at || Number(a.mark.isEnd) - Number(b.mark.isEnd));
  let last = head;
  for (const { mark } of marks) {
    mark.previous = last;
    last.next = mark;
    last = mark;
  }
  return ends;
}

function unlink(mark: Mark): void {
  if (mark.previous !== null) mark.previous.next = mark.next;
  if (mark.next !== null) mark.next.previous = mark.previous;
}

function relink(mark: Mark): void {
  if (mark.previous !== null) mark.previous.next = mark;
  if (mark.next !== null) mark.next.previous = mark;
}

/** Names a set of operations in order of their beginning: nearly all up to some point, and few beyond it. */
function setKey(done: ReadonlySet<number>, size: number): string {
  let index = 0;
  let seen = 0;
  while (index < size && done.has(index)) index++;
  seen = index;
  let key = String(index);
  for (; index < size && seen < done.size; index++) {
    if (!done.has(index)) continue;
    key += `,${String(index)}`;
    seen++;
  }
  return key;
}

function action<Action>(history: readonly Operation<Action>[], index: number): Action {
  const operation = history[index];
  if (operation === undefined) throw new Error('no such operation');
  return operation.action;
}
