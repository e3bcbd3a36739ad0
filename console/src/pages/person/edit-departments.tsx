import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { departmentsQuery } from '../../api/people-queries.ts';
import { departmentOptions } from '../../ui/people/department-options.ts';
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
  const options = departmentOptions(useQuery(departmentsQuery(company)).data?.departments ?? [], [
    main ?? '',
    ...others,
  ]);
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
