import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { peopleChoiceQuery, personQuery } from '../../api/people-queries.ts';
import { personOption } from './person-option.ts';

/** A choice of one employee, found by name, pinyin, mobile or any id. */
export function EmployeeChoice({
  company,
  employee,
  label,
  placeholder,
  choose,
}: {
  readonly company: string;
  /** Any id; undefined where none is chosen. */
  readonly employee: string | undefined;
  readonly label: string;
  readonly placeholder: string;
  readonly choose: (id: string | undefined) => void;
}): ReactNode {
  const [typed, setTyped] = useState('');
  const found = useQuery(peopleChoiceQuery(company, typed)).data?.employees ?? [];
  const chosen = useQuery({ ...personQuery(company, employee ?? ''), enabled: employee !== undefined }).data;
  const people = [
    ...(chosen === undefined || typed !== '' ? [] : [chosen]),
    ...found.filter(({ id }) => id !== chosen?.id || typed !== ''),
  ];
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      value={chosen?.id ?? employee ?? null}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={people.map(personOption)}
      onChange={(id: string | null | undefined) => {
        setTyped('');
        choose(id ?? undefined);
      }}
    />
  );
}
