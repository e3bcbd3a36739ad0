import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { peopleChoiceQuery } from '../../api/people-queries.ts';
import { personOption } from './person-option.ts';

/** An employee who was chosen, under the name that the choice showed. */
export interface ChosenEmployee {
  /** The employee's own id. */
  readonly value: string;
  readonly label: string;
}

/** A choice of several employees, each found by name, pinyin, mobile or any id. */
export function EmployeesChoice({
  company,
  employees,
  label,
  disabled,
  choose,
}: {
  readonly company: string;
  readonly employees: readonly ChosenEmployee[];
  readonly label: string;
  readonly disabled: boolean;
  readonly choose: (employees: readonly ChosenEmployee[]) => void;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const found = useQuery(peopleChoiceQuery(company, typed)).data?.employees ?? [];
  return (
    <Select<ChosenEmployee[]>
      mode="multiple"
      labelInValue
      aria-label={label}
      placeholder={label}
      disabled={disabled}
      value={[...employees]}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={found.map(personOption)}
      onChange={(chosen) => {
        setTyped('');
        choose(chosen);
      }}
    />
  );
}
