/** Returns what an address says once some filters are chosen: without those that choose nothing. */
export function chosenFilters<Search extends object>(
  search: Search,
  chosen: Readonly<Partial<Record<keyof Search, string>>>,
): Search {
  // Each member is one of the search's own, as a text.
  return Object.fromEntries(Object.entries({ ...search, ...chosen }).filter(([, value]) => value !== '')) as Search;
}
