import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';
import type { EditCheck } from '../../../../src/sandbox/dry-run/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { DateField } from '../../ui/date/date-field.tsx';
import { EmployeeChoice } from '../../ui/people/employee-choice.tsx';
import { useWords } from '../../words/language.tsx';
import type { TextField } from './edit-values.ts';
import { editWords } from './edit-words.ts';

/** One field of a person that is a text: typed, or chosen where the values are known. */
export function EditField({
  company,
  person,
  field,
  value,
  titles,
  change,
}: {
  readonly company: string;
  readonly person: EmployeeView;
  readonly field: TextField;
  readonly value: string;
  readonly titles: EditCheck['job_titles'];
  readonly change: (text: string) => void;
}): ReactNode {
  const say = useWords(editWords);
  const label = say(field);
  if (field === 'leader')
    return (
      <EmployeeChoice
        company={company}
        employee={value === '' ? undefined : value}
        label={label}
        placeholder={say('noTitle')}
        choose={(id) => {
          change(id ?? '');
        }}
      />
    );
  if (field === 'gender' || field === 'job_title')
    return (
      <Select
        aria-label={label}
        value={value}
        showSearch={field === 'job_title' ? { optionFilterProp: 'label' } : false}
        options={
          field === 'gender'
            ? [
                { value: '0', label: '–' },
                { value: '1', label: say('man') },
                { value: '2', label: say('woman') },
              ]
            : titleOptions(say('noTitle'), titles, person.job_title)
        }
        onChange={change}
      />
    );
  if (field === 'join_date') return <DateField label={label} value={value} change={change} />;
  return (
    <Input
      aria-label={label}
      value={value}
      onChange={(event) => {
        change(event.target.value);
      }}
    />
  );
}

function titleOptions(
  none: string,
  titles: EditCheck['job_titles'],
  own: EmployeeView['job_title'],
): { readonly value: string; readonly label: string }[] {
  const all = own === null || titles.some(({ id }) => id === own.id) ? titles : [own, ...titles];
  return [{ value: '', label: none }, ...all.map(({ id, name }) => ({ value: id, label: visible(name) }))];
}
