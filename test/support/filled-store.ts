import type { SqlTask } from '../../src/store/engine.ts';
import { ReplaceableStore, type OpenedStore } from '../../src/store/replaceable-store.ts';
import { closable, giveBack, lendEngine, type EngineKind, type KeptEngine } from './kept-engine.ts';
import { keepRows, removeRows, type Restore } from './stored-rows.ts';

/** A store with what was filled in. */
export interface FilledStore {
  readonly store: OpenedStore;
  /** Whether an employee was changed since. */
  readonly hasChanged: () => Promise<boolean>;
}

type Fill = (store: OpenedStore) => Promise<void>;

/** What was put into stores: null where it happened once, and how to have it again where it was asked for twice. */
const fillings = new Map<string, Restore | null>();

/**
 * Opens a store on the engine under test and fills it. What is filled in under one name must be the same each time: from
 * the third time on its rows are copied, which is far quicker than to apply a company file, and of a database that held the same
 * only those of tables that were written to. Without a name nothing is remembered.
 */
export async function openFilledStore(name: string | null, fill: Fill): Promise<FilledStore> {
  const kept = await lendEngine();
  const key = name === null ? null : `${kept.engine.isShared ? 'postgres' : 'memory'} ${name}`;
  const known = key === null ? undefined : fillings.get(key);
  if (known !== undefined && known !== null) {
    await known(kept, kept.filling === key ? kept.written : null);
    kept.filling = key;
  } else {
    await fillEmpty(kept, fill);
    const rows = key === null || known === undefined ? null : await keepRows(kept);
    if (key !== null) fillings.set(key, rows);
    // Filled once more it has other random ids, so what is not remembered is no part of what is.
    kept.filling = rows === null ? null : key;
  }
  kept.written.clear();
  const before = await newestChange(kept);
  const engine = closable(kept, () => {
    giveBack(kept);
  });
  return {
    store: new ReplaceableStore(engine),
    hasChanged: async () => (await newestChange(kept)) !== before,
  };
}

/** Opens an empty store on an engine that others had before, which is far quicker than to make its tables. */
export async function openEmptyStore(kind: EngineKind): Promise<OpenedStore> {
  const kept = await lendEngine(kind);
  await removeRows(kept);
  kept.filling = null;
  return new ReplaceableStore(
    closable(kept, () => {
      giveBack(kept);
    }),
  );
}

/** Through a store of its own, so that nothing is answered from its memory, the first time as little as later. */
async function fillEmpty(kept: KeptEngine, fill: Fill): Promise<void> {
  await removeRows(kept);
  const store = new ReplaceableStore(closable(kept));
  await fill(store);
  await store.close();
}

async function newestChange({ engine }: KeptEngine): Promise<number> {
  return await engine.read(function* (): SqlTask<number> {
    const [rows = []] = yield [{ text: 'SELECT coalesce(max(number), 0) AS number FROM change', params: [] }];
    return Number(rows[0]?.['number']);
  });
}
