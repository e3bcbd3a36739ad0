import type { Model } from './checker.ts';

/** What is looked at of a person. */
export interface Person {
  readonly name: string;
  readonly jobNumber: string;
  /** E.164; empty where there is none. */
  readonly mobile: string;
}

/** One call and its answer, independent of any dialect. */
export type Action =
  /** Sets fields of everyone named, all or none; each person has values of their own. */
  | { readonly set: Readonly<Record<string, Partial<Person>>> }
  /** Takes a mobile, unless someone else has it. */
  | { readonly claim: string; readonly mobile: string; readonly isTaken: boolean }
  /** Everyone named, seen at once. */
  | { readonly saw: Readonly<Record<string, Person>> };

export type State = Readonly<Record<string, Person>>;

/** What the calls mean when they come one after the other. */
export function peopleModel(first: State): Model<State, Action> {
  return {
    first,
    after: (state, action) => {
      if ('set' in action) return withChanges(state, action.set);
      if ('saw' in action) {
        const isSo = Object.entries(action.saw).every(
          ([id, { name, jobNumber, mobile }]) =>
            state[id]?.name === name && state[id].jobNumber === jobNumber && state[id].mobile === mobile,
        );
        return isSo ? state : null;
      }
      const { claim, mobile, isTaken } = action;
      const isHeld = Object.entries(state).some(([id, person]) => id !== claim && person.mobile === mobile);
      if (isHeld !== isTaken) return null;
      return isTaken ? state : withChanges(state, { [claim]: { mobile } });
    },
    keyOf: (state) => JSON.stringify(state),
  };
}

function withChanges(state: State, changes: Readonly<Record<string, Partial<Person>>>): State {
  const after: Record<string, Person> = { ...state };
  for (const [id, change] of Object.entries(changes)) {
    const before = after[id];
    if (before !== undefined) after[id] = { ...before, ...change };
  }
  return after;
}
