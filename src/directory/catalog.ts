import type { LocalText } from './text.ts';

/**
 * The lists of choices a tenant keeps. The named ones are known to several platforms; `dimension:<name>` is a list that
 * the tenant invented.
 */
export type CatalogName =
  | 'job-title'
  | 'job-level'
  | 'job-family'
  | 'work-place'
  | 'country'
  | 'employee-type'
  | 'city'
  | `dimension:${string}`;

/** One choice of a list. */
export interface CatalogEntry {
  /** Own stable id, unique within its list. */
  readonly id: string;
  readonly catalog: CatalogName;
  readonly name: LocalText;
  /** Its ids on the platforms, keyed by id space. */
  readonly ids: Readonly<Record<string, string>>;
  /** A number people give it; may be empty and may repeat. */
  readonly code: string;
  readonly enabled: boolean;
  readonly parent: string | null;
  readonly order: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** What one platform alone knows, keyed by dialect. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** One list of choices, found by any of their ids. */
export class Catalog {
  readonly all: readonly CatalogEntry[];
  readonly #byId = new Map<string, CatalogEntry>();
  readonly #byPlatformId = new Map<string, CatalogEntry>();
  readonly #byName = new Map<string, CatalogEntry>();
  #children: ReadonlyMap<string | null, readonly CatalogEntry[]> | undefined;

  constructor(entries: readonly CatalogEntry[]) {
    this.all = entries;
    for (const entry of entries) {
      this.#byId.set(entry.id, entry);
      if (!this.#byName.has(entry.name.value)) this.#byName.set(entry.name.value, entry);
      for (const [space, value] of Object.entries(entry.ids)) this.#byPlatformId.set(`${space} ${value}`, entry);
    }
  }

  get(id: string): CatalogEntry | undefined {
    return this.#byId.get(id);
  }

  /** The entry with this id in a platform's id space. */
  by(space: string, value: string): CatalogEntry | undefined {
    return this.#byPlatformId.get(`${space} ${value}`);
  }

  /** The first entry of that name. */
  named(name: string): CatalogEntry | undefined {
    return this.#byName.get(name);
  }

  /** Returns everything below an entry, level by level, each once even where parents form a loop. */
  descendantsOf(id: string): readonly CatalogEntry[] {
    this.#children ??= Map.groupBy(this.all, ({ parent }) => parent);
    const seen = new Set([id]);
    const found: CatalogEntry[] = [];
    const add = (parent: string): void => {
      for (const child of this.#children?.get(parent) ?? []) {
        if (seen.has(child.id)) continue;
        seen.add(child.id);
        found.push(child);
      }
    };
    add(id);
    // Grows while it is gone through.
    for (const one of found) add(one.id);
    return found;
  }

  /** All entries that carry the code. */
  withCode(code: string): readonly CatalogEntry[] {
    return this.all.filter((entry) => entry.code === code);
  }
}
