/** The file beside a database in which the server that has it open keeps its address. */
export function addressFileOf(database: string): string {
  return `${database}.address`;
}

/** The same for a store's URL; null where no server has the store for itself. */
export function addressFileIn(store: string): string | null {
  const database = /^sqlite:(.*)$/s.exec(store)?.[1];
  return database === undefined || database === ':memory:' ? null : addressFileOf(database);
}
