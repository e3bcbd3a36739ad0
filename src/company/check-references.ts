import { ISO_COUNTRY_IDS } from '../directory/countries.ts';
import type { CatalogName } from '../directory/catalog.ts';
import { isInService } from '../directory/employees/employee.ts';
import { isGroupMarker } from '../directory/lookup.ts';
import type { CompanyDraft } from './draft.ts';
import type { FilePath } from './reading/parse-document.ts';
import type { FileErrorCollector, MeantNames } from './mistakes/file-errors.ts';
import { inLoops } from './loops.ts';
import { CATALOG_LISTS } from './schema.ts';

/** So many of the departments without parent are named. */
const MAX_NAMED = 5;

/** Finds what in a file contradicts itself: names that mean two things or nothing, and loops. */
export function checkReferences(draft: CompanyDraft, faults: FileErrorCollector): void {
  checkDepartments(draft, faults);
  checkCatalogs(draft, faults);
  checkCustomFields(draft, faults);
  checkApps(draft, faults);
  checkEmployees(draft, faults);
  checkReportingLines(draft, faults);
}

/** What may have been meant by a name that is none of these. */
function meantOf(written: string, among: Iterable<string> | (() => Iterable<string>)): MeantNames {
  return { written, among: typeof among === 'function' ? among : () => among };
}

/** The ids of one list's entries. */
function idsOf(entries: readonly { readonly catalog: string; readonly id: string }[], catalog: string): string[] {
  return entries.filter((entry) => entry.catalog === catalog).map(({ id }) => id);
}

/** Says of each thing whose key an earlier one has. */
function checkDistinct<Thing>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => string | undefined,
  faultOf: (index: number, first: number) => void,
): void {
  const seen = new Map<string, number>();
  things.forEach((thing, index) => {
    const key = keyOf(thing);
    if (key === undefined) return;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else faultOf(index, first);
  });
}

/** Says of each platform id that two things of one list share. */
function checkPlatformIds(
  list: string,
  things: readonly { readonly id?: string; readonly ids: Readonly<Record<string, string>> }[],
  faults: FileErrorCollector,
): void {
  const all = things.flatMap(({ ids }, index) =>
    Object.entries(ids).flatMap(([space, value]) => (isGroupMarker(space, value) ? [] : [{ index, space, value }])),
  );
  checkDistinct(
    all,
    ({ space, value }) => `${space}\n${value}`,
    (index, first) => {
      const [one, other] = [all[index], all[first]];
      // The ids of a platform follow from the own one; that it is there twice is said once.
      if (one === undefined || other === undefined || isSameThing(things[one.index], things[other.index])) return;
      faults.add([list, one.index], `has the same ${one.space} as ${list}[${String(other.index)}]: ${one.value}`);
    },
  );
}

function isSameThing(one: { readonly id?: string } | undefined, other: { readonly id?: string } | undefined): boolean {
  return one?.id !== undefined && one.id === other?.id;
}

function checkDepartments({ departments }: CompanyDraft, faults: FileErrorCollector): void {
  checkDistinct(
    departments,
    ({ id }) => id,
    (index) => {
      faults.add(['departments', index, 'id'], 'is the id of an earlier department');
    },
  );
  checkPlatformIds('departments', departments, faults);
  const parents = new Map(departments.map(({ id, parent }) => [id, parent]));
  const roots = departments.filter(({ parent }) => parent === null);
  if (roots.length !== 1) {
    const named = roots.slice(0, MAX_NAMED).map(({ id }) => id);
    const names = named.length === 0 ? '' : `: ${named.join(', ')}${roots.length > named.length ? ', …' : ''}`;
    faults.add(
      ['departments'],
      `needs exactly one department without parent, the root; here are ${String(roots.length)}${names}`,
    );
  }
  const looped = inLoops(parents.keys(), (at) => listOf(parents.get(at)));
  departments.forEach(({ id, parent }, index) => {
    if (parent !== null && !parents.has(parent))
      faults.add(
        ['departments', index, 'parent'],
        `no department has the id ${parent}`,
        meantOf(parent, parents.keys()),
      );
    else if (looped.has(id)) faults.add(['departments', index, 'parent'], 'is its own ancestor');
  });
}

/** The next one of a line in which each has one at most. */
function listOf(next: string | null | undefined): readonly string[] {
  return next === null || next === undefined ? [] : [next];
}

/** Where the entries of a catalogue stand in the file. */
function listPath(catalog: CatalogName): FilePath {
  const list = Object.entries(CATALOG_LISTS).find(([, name]) => name === catalog)?.[0];
  return list === undefined ? ['dimensions', catalog.slice('dimension:'.length)] : [list];
}

function checkCatalogs({ catalogs }: CompanyDraft, faults: FileErrorCollector): void {
  for (const [catalog, entries] of Map.groupBy(catalogs, (entry) => entry.catalog)) {
    const ids = new Set(entries.map(({ id }) => id));
    checkDistinct(
      entries,
      ({ id }) => id,
      (index) => {
        faults.add([...listPath(catalog), index, 'id'], 'is the id of an earlier entry');
      },
    );
    const spaces = entries.flatMap(({ ids: platform }, index) =>
      Object.entries(platform).map(([space, value]) => ({ index, space, value })),
    );
    checkDistinct(
      spaces,
      ({ space, value }) => `${space}\n${value}`,
      (at) => {
        const one = spaces[at];
        if (one !== undefined)
          faults.add([...listPath(catalog), one.index], `has the ${one.space} of an earlier entry: ${one.value}`);
      },
    );
    entries.forEach(({ parent }, index) => {
      if (parent !== null && !ids.has(parent))
        faults.add(
          [...listPath(catalog), index, 'parent'],
          `no entry of this list has the id ${parent}`,
          meantOf(parent, ids),
        );
    });
  }
}

function checkCustomFields({ customFields, dimensions }: CompanyDraft, faults: FileErrorCollector): void {
  checkDistinct(
    customFields,
    ({ id }) => id,
    (index) => {
      faults.add(['custom_fields', index, 'id'], 'is the id of an earlier field');
    },
  );
  checkPlatformIds('custom_fields', customFields, faults);
  const lists = new Set<string>([...Object.values(CATALOG_LISTS), ...dimensions]);
  customFields.forEach(({ type, catalog }, index) => {
    if (type === 'reference' && catalog === null)
      faults.add(['custom_fields', index], 'a reference needs a catalog to point into');
    if (catalog !== null && !lists.has(catalog))
      faults.add(['custom_fields', index, 'catalog'], `this file has no list ${catalog}`, meantOf(catalog, lists));
  });
}

function checkApps({ apps }: CompanyDraft, faults: FileErrorCollector): void {
  const counts = new Map<string, number>();
  const paths = apps.map(({ dialect }): FilePath => {
    const before = counts.get(dialect) ?? 0;
    counts.set(dialect, before + 1);
    return [dialect, 'apps', before];
  });
  const pathOf = (index: number): FilePath => paths[index] ?? [];
  checkDistinct(
    apps,
    ({ id }) => id,
    (index) => {
      faults.add(pathOf(index), 'has the id of an earlier app');
    },
  );
  checkDistinct(
    apps,
    ({ dialect, key }) => `${dialect}\n${key}`,
    (index, first) => {
      // The same id is reported above.
      if (apps[index]?.id === apps[first]?.id) return;
      faults.add(pathOf(index), 'has the key of an earlier app');
    },
  );
  apps.forEach(({ secret, secretHash }, index) => {
    if (secret === undefined && secretHash === undefined) faults.add(pathOf(index), 'needs its secret');
  });
}

function checkEmployees(draft: CompanyDraft, faults: FileErrorCollector): void {
  const { employees, accounts } = draft;
  const departments = new Set(draft.departments.map(({ id }) => id));
  const fields = new Set(draft.customFields.map(({ id }) => id));
  // A company that lists no countries has those of the world.
  const hasCountries = draft.catalogs.some(({ catalog }) => catalog === 'country');
  const countries = ISO_COUNTRY_IDS.map((id) => ({ catalog: 'country', id }));
  const lists = hasCountries ? draft.catalogs : [...draft.catalogs, ...countries];
  const entries = new Set(lists.map(({ catalog, id }) => `${catalog}\n${id}`));
  const people = new Set(employees.map(({ id }) => id));
  checkDistinct(
    employees,
    ({ id }) => id,
    (index) => {
      faults.add(['employees', index, 'id'], 'is the id of an earlier employee');
    },
  );
  const here = employees.map((employee) =>
    isInService({ ...employee, createdAt: 0, updatedAt: 0 }) ? employee : { ids: {} },
  );
  checkPlatformIds('employees', here, faults);
  checkDistinct(
    employees,
    ({ id }) => accounts.get(id)?.id,
    (index, first) => {
      // The same id is reported above.
      if (employees[index]?.id === employees[first]?.id) return;
      faults.add(['employees', index, 'account'], 'an account is one person; an earlier employee has it');
    },
  );
  for (const login of ['mobile', 'email'] as const) {
    checkDistinct(
      employees,
      ({ id }) => accounts.get(id)?.[login],
      (index) => {
        faults.add(['employees', index, 'account', login], 'is what an earlier employee logs in with');
      },
    );
  }
  employees.forEach((employee, index) => {
    const at = (...path: (string | number)[]): FilePath => ['employees', index, ...path];
    // A department may be gone since those who are not here any more, or not yet, were put into it.
    const isCurrent = isInService({ ...employee, createdAt: 0, updatedAt: 0 });
    employee.departments.forEach(({ department }, position) => {
      if (isCurrent && !departments.has(department))
        faults.add(
          at('departments', position),
          `no department has the id ${department}`,
          meantOf(department, departments),
        );
    });
    if (
      employee.mainDepartment !== null &&
      !employee.departments.some(({ department }) => department === employee.mainDepartment)
    ) {
      faults.add(at('main_department'), 'is not one of the departments');
    }
    for (const [member, catalog, id] of [
      ['job_title', 'job-title', employee.jobTitle],
      ['job_level', 'job-level', employee.jobLevel],
      ['job_family', 'job-family', employee.jobFamily],
      ['work_place', 'work-place', employee.workPlace],
      ['work_country', 'country', employee.workCountry],
    ] as const) {
      if (id !== null && !entries.has(`${catalog}\n${id}`))
        faults.add(
          at(member),
          `the list has no entry ${id}`,
          meantOf(id, () => idsOf(lists, catalog)),
        );
    }
    if (employee.leader !== null && !people.has(employee.leader))
      faults.add(at('leader'), `no employee has the id ${employee.leader}`, meantOf(employee.leader, people));
    employee.dottedLeaders.forEach((leader, position) => {
      if (!people.has(leader))
        faults.add(at('dotted_leaders', position), `no employee has the id ${leader}`, meantOf(leader, people));
    });
    for (const field of Object.keys(employee.custom))
      if (!fields.has(field)) faults.add(at('custom', field), 'no custom field has this id', meantOf(field, fields));
  });
  draft.departments.forEach(({ leaders }, index) => {
    leaders.forEach(({ employee }, position) => {
      if (!people.has(employee))
        faults.add(
          ['departments', index, 'leaders', position],
          `no employee has the id ${employee}`,
          meantOf(employee, people),
        );
    });
  });
}

function checkReportingLines({ employees }: CompanyDraft, faults: FileErrorCollector): void {
  const leaders = new Map(employees.map(({ id, leader }) => [id, leader]));
  const dotted = new Map(employees.map(({ id, dottedLeaders }) => [id, dottedLeaders]));
  const direct = inLoops(leaders.keys(), (at) => listOf(leaders.get(at)));
  const beside = inLoops(dotted.keys(), (at) => dotted.get(at) ?? []);
  employees.forEach(({ id }, index) => {
    if (direct.has(id)) faults.add(['employees', index, 'leader'], 'would report to themselves');
    if (beside.has(id)) faults.add(['employees', index, 'dotted_leaders'], 'would report to themselves');
  });
}
