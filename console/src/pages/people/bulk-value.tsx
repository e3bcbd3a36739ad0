import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { BulkEditField } from '../../../../src/company/tables/contract.ts';
import { departmentsQuery } from '../../api/people-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { departmentOptions } from '../../ui/people/department-options.ts';
import { EmployeeChoice } from '../../ui/people/employee-choice.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { peopleWords } from './words.ts';

interface Value {
  readonly company: string;
  readonly field: BulkEditField;
  readonly label: string;
  /** Null: it is not chosen yet; empty: the value is taken away. */
  readonly value: string | null;
  readonly change: (value: string | null) => void;
}

/** The value that many people get in one field, chosen as its kind wants it. */
export function BulkValue(about: Value): ReactNode {
  const say = useWords(peopleWords);
  const { field, label, value, change } = about;
  return (
    <>
      <Chosen {...about} value={value === '' ? null : value} />
      {field.clears && (
        <Checkbox
          checked={value === ''}
          aria-label={`${label}: ${say('bulkClear')}`}
          onChange={({ target }) => {
            change(target.checked ? '' : null);
          }}
        >
          {say('bulkClear')}
        </Checkbox>
      )}
    </>
  );
}

function Chosen({ company, field, label, value, change }: Value): ReactNode {
  const { language } = useLanguage();
  const search = { optionFilterProp: 'label' } as const;
  switch (field.kind) {
    case 'department':
      return <DepartmentValue company={company} label={label} value={value} change={change} />;
    case 'employee':
      return (
        <EmployeeChoice
          company={company}
          employee={value ?? undefined}
          label={label}
          placeholder={label}
          choose={(id) => {
            change(id ?? null);
          }}
        />
      );
    case 'choice':
      return (
        <Select
          aria-label={label}
          placeholder={label}
          value={value}
          showSearch={search}
          options={field.choices.map((one) => ({ value: one.value, label: visible(one[language]) }))}
          onChange={change}
        />
      );
    default:
      return (
        <Input
          type={field.kind === 'day' ? 'date' : 'text'}
          aria-label={label}
          maxLength={1_000}
          value={value ?? ''}
          onChange={({ target }) => {
            change(target.value.trim() === '' ? null : target.value);
          }}
        />
      );
  }
}

function DepartmentValue({ company, label, value, change }: Omit<Value, 'field'>): ReactNode {
  const options = departmentOptions(useQuery(departmentsQuery(company)).data?.departments ?? [], []);
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      onChange={change}
    />
  );
}
