import type { Token } from '../../directory/auth/token.ts';
import type { Decision, Query, Store, StoreTask } from '../../directory/store.ts';

/** Returns a store that knows one token more, which is kept nowhere. Everything else is that of the store. */
export function storeWithToken(store: Store, token: Token): Store {
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'read')
        return <Answer>(work: () => StoreTask<Answer>) => target.read(() => answering(work(), token));
      if (name === 'write')
        return <Answer>(work: () => StoreTask<Decision<Answer>>) => target.write(() => answering(work(), token));
      const member: unknown = Reflect.get(target, name, target);
      // Methods of the store use what only the store itself has.
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

/** Runs a work that is answered for one token without the store. */
export function* answering<Answer>(work: StoreTask<Answer>, token: Token): StoreTask<Answer> {
  for (let step = work.next(); ;) {
    if (step.done === true) return step.value;
    step = isAbout(step.value, token) ? work.next(token) : work.next(yield step.value);
  }
}

function isAbout(asked: Query | readonly Query[], { hash }: Token): boolean {
  return 'ask' in asked && asked.ask === 'token' && asked.hash === hash;
}
