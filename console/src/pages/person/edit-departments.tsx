import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { DepartmentRow } from '../../../../src/http/admin/people/contract.ts';
import { departmentsQuery } from '../../api/people-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import { editWords } from './edit-words.ts';

/** The main department and the others of a person, each found by a part of its name or of its parent's. */
export function EditDepartments({
  company,
  value: [main, ...others],
  change,
}: {
  readonly company: string;
  readonly value: readonly string[];
  readonly change: (departments: readonly string[]) => void;
}): ReactNode {
  const say = useWords(editWords);
  const options = optionsOf(useQuery(departmentsQuery(company)).data?.departments ?? [], [main ?? '', ...others]);
  const search = { optionFilterProp: 'label' } as const;
  return (
    <span className="stack-tight">
      <Select
        aria-label={say('main')}
        placeholder={say('main')}
        value={main ?? null}
        showSearch={search}
        options={options}
        onChange={(department: string) => {
          // The former one stays no department of the person: it is a move.
          change([department, ...others.filter((one) => one !== department)]);
        }}
      />
      <Select
        mode="multiple"
        aria-label={say('others')}
        placeholder={say('others')}
        value={others}
        showSearch={search}
        options={options.filter(({ value }) => value !== main)}
        onChange={(departments: string[]) => {
          change(main === undefined ? departments : [main, ...departments]);
        }}
      />
    </span>
  );
}

/** The departments in use, and those of the person, each with the one above. */
function optionsOf(
  departments: readonly DepartmentRow[],
  own: readonly string[],
): { readonly value: string; readonly label: string }[] {
  const names = new Map(departments.map(({ id, name }) => [id, visible(name)]));
  return departments
    .filter(({ id, enabled }) => enabled || own.includes(id))
    .map(({ id, name, parent }) => {
      const above = parent === null ? undefined : names.get(parent);
      return { value: id, label: above === undefined ? visible(name) : `${visible(name)} · ${above}` };
    });
}
