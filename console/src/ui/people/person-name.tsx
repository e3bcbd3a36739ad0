import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cataloguesQuery, fieldsQuery } from '../../api/catalogue-queries.ts';
import { mainText } from '../../api/main-text.ts';
import { employeeNameQuery, pastNameQuery } from '../../api/name-query.ts';
import { departmentsQuery } from '../../api/people-queries.ts';
import { visible } from '../code/visible.ts';
import { entryOf } from '../record/record-names.ts';

/** Something by its own id, of a kind that may have a name. */
interface Subject {
  readonly company: string;
  readonly kind: string;
  readonly id: string;
}

/** Returns the name of something, also where it is gone; the id until it is known, and of what has no name. */
export function useSubjectName(subject: Subject): string {
  return useKnownName(subject).name;
}

/** Returns the name of something, and whether it is gone: then the history has its last name. */
export function useKnownName({ company, kind, id }: Subject): { readonly name: string; readonly isGone: boolean } {
  const person = useQuery({ ...employeeNameQuery(company, id), enabled: kind === 'employee' });
  const departments = useQuery({ ...departmentsQuery(company), enabled: kind === 'department' });
  const lists = useQuery({ ...cataloguesQuery(company), enabled: kind === 'catalog-entry' });
  const own = useQuery({ ...fieldsQuery(company), enabled: kind === 'custom-field' });
  const entry = entryOf(id);
  const found: Readonly<Record<string, string | null | undefined>> = {
    employee: person.data,
    department: nameOf(departments.data?.departments, id),
    'catalog-entry': nameOf(
      lists.data?.catalogues.find(({ list }) => list === entry.list)?.entries,
      entry.id,
      lists.data,
    ),
    'custom-field': nameOf(own.data?.fields, id),
  };
  const name = Object.hasOwn(found, kind) ? found[kind] : undefined;
  const isGone = name === null;
  const past = useQuery({ ...pastNameQuery(company, kind, id), enabled: isGone });
  return { name: visible(name ?? past.data ?? (kind === 'catalog-entry' ? entry.id : id)), isGone };
}

/** Returns the name of one among those that there are; null where it is not among them, undefined until they are known. */
function nameOf(
  those: readonly { readonly id: string; readonly name?: unknown }[] | undefined,
  id: string,
  known: unknown = those,
): string | null | undefined {
  const found = those?.find((one) => one.id === id);
  if (found === undefined) return known === undefined ? undefined : null;
  return mainText(found.name) ?? id;
}

/** The name of an employee whose own id is known. */
export function PersonName({ company, id }: { readonly company: string; readonly id: string }): ReactNode {
  // A name can be long and have no place to break at.
  return <span className="anywhere">{useSubjectName({ company, kind: 'employee', id })}</span>;
}

/** The name of a person or a department, which opens its page; of a person the part about live tenants if `isLive`. */
export function SubjectLink({
  subject,
  name,
  isLive = false,
}: {
  readonly subject: Subject;
  readonly name: string;
  readonly isLive?: boolean;
}): ReactNode {
  const { company, kind, id } = subject;
  if (kind === 'employee') {
    return (
      <Link
        className="anywhere"
        to="/c/$company/people/$id"
        params={{ company, id }}
        search={isLive ? { tab: 'targets' } : {}}
      >
        {name}
      </Link>
    );
  }
  if (kind !== 'department') return name;
  return (
    <Link className="anywhere" to="/c/$company/departments" params={{ company }} search={{ at: id }}>
      {name}
    </Link>
  );
}
