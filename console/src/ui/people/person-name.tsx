import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { employeeNameQuery } from '../../api/name-query.ts';
import { departmentsQuery } from '../../api/people-queries.ts';
import { visible } from '../code/visible.ts';

/** Something by its own id, of a kind that may have a name. */
interface Subject {
  readonly company: string;
  readonly kind: string;
  readonly id: string;
}

/** Returns the name of an employee or a department; the own id until it is known, and of everything else. */
export function useSubjectName({ company, kind, id }: Subject): string {
  const person = useQuery({ ...employeeNameQuery(company, id), enabled: kind === 'employee' });
  const departments = useQuery({ ...departmentsQuery(company), enabled: kind === 'department' });
  const found = kind === 'employee' ? person.data : departments.data?.departments.find((one) => one.id === id)?.name;
  return visible(found ?? id);
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
