import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { BulkEditField } from '../../../../src/company/tables/contract.ts';
import { bulkEditFieldsQuery, planBulkEdit, type PeopleSearch } from '../../api/people-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { Failure, Loading } from '../../ui/state/states.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { BulkValue } from './bulk-value.tsx';
import { peopleWords } from './words.ts';

/** What people get in one field; null: it is not chosen yet. */
type Values = ReadonlyMap<string, string | null>;

/** The values that all chosen people get, and the way to their plan. */
export function BulkForm({
  company,
  first,
  chosen,
  close,
}: {
  readonly company: string;
  /** The field that is begun with. */
  readonly first: string;
  readonly chosen: readonly string[] | PeopleSearch;
  readonly close: () => void;
}): ReactNode {
  const say = useWords(peopleWords);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const { data, error } = useQuery(bulkEditFieldsQuery(company));
  const [values, setValues] = useState<Values>(new Map([[first, null]]));
  const plan = useMutation({
    mutationFn: (set: Readonly<Record<string, string>>) => planBulkEdit(company, chosen, set),
    onSuccess: (id) => void navigate({ to: '/c/$company/imports', params: { company }, search: { id } }),
  });
  if (error !== null) return <Failure what={say('bulkFailed')} error={error} />;
  if (data === undefined) return <Loading rows={1} />;
  const fields = new Map(data.fields.map((field) => [field.name, field]));
  const free = data.fields.filter(({ name }) => !values.has(name));
  const set = [...values].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const isReady = set.length === values.size && set.length > 0;
  const nameOf = (field: BulkEditField): string => visible(field[language]);
  return (
    <form
      className="stack-tight"
      aria-label={say('bulkTitle')}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) plan.mutate(Object.fromEntries(set));
      }}
    >
      {[...values].map(([name, value]) => {
        const field = fields.get(name);
        if (field === undefined) return null;
        return (
          <div key={name} className="people-bulk-line">
            <Select
              aria-label={say('bulkField')}
              value={name}
              showSearch={{ optionFilterProp: 'label' }}
              options={[field, ...free].map((one) => ({ value: one.name, label: nameOf(one) }))}
              onChange={(next: string) => {
                setValues(new Map([...values].map(([one, kept]) => (one === name ? [next, null] : [one, kept]))));
              }}
            />
            <BulkValue
              company={company}
              field={field}
              label={say('bulkValue', { field: nameOf(field) })}
              value={value}
              change={(next) => {
                setValues(new Map([...values, [name, next]]));
              }}
            />
            {values.size > 1 && (
              <Button
                type="text"
                aria-label={say('bulkDrop', { field: nameOf(field) })}
                onClick={() => {
                  setValues(new Map([...values].filter(([one]) => one !== name)));
                }}
              >
                ✕
              </Button>
            )}
          </div>
        );
      })}
      <p className="quiet small">{say('bulkHow')}</p>
      {plan.error !== null && <Failure what={say('bulkFailed')} error={plan.error} />}
      <div className="row wrap">
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={plan.isPending}>
          {say('bulkPlan')}
        </Button>
        <Button
          disabled={free.length === 0}
          onClick={() => {
            const [next] = free;
            if (next !== undefined) setValues(new Map([...values, [next.name, null]]));
          }}
        >
          {say('bulkAdd')}
        </Button>
        <Button type="text" onClick={close}>
          {say('cancel')}
        </Button>
      </div>
    </form>
  );
}
