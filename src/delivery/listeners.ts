import type { ChangeListener, Store } from '../directory/store.ts';

/** Lets several parts take notice of commits, where a store has one listener. */
export class Listeners {
  readonly #listeners: ChangeListener[] = [];

  /** Begins to listen. */
  constructor(store: Pick<Store, 'onChange'>) {
    store.onChange((tenant, onlyEmployees) => {
      for (const listener of this.#listeners) listener(tenant, onlyEmployees);
    });
  }

  /** Has a listener called after each commit from now on. */
  add(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }
}
