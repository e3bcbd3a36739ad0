import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import type { EditField } from '../../../../src/sandbox/dry-run/contract.ts';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';
import type { OwnCallBody } from '../../../../src/sandbox/acting/contract.ts';
import { api } from '../../api/client.ts';
import { callQuery } from '../../api/company-queries.ts';
import { editCheckQuery } from '../../api/edit-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { CallResult } from '../../ui/calls/call-result.tsx';
import { visible } from '../../ui/code/visible.ts';
import { usePlatformName } from '../../ui/platform/platform.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useSettled } from '../../ui/settled.ts';
import { useWords } from '../../words/language.tsx';
import { PlatformVerdicts } from './edit-verdicts.tsx';
import { editsOf, FORM_FIELDS, valuesOf } from './edit-values.ts';
import { editWords } from './edit-words.ts';

/** Changes a person through the rules of one platform; what each platform would answer stands beside before saving. */
export function Edit({ company, person }: { readonly company: string; readonly person: EmployeeView }): ReactNode {
  const say = useWords(editWords);
  const mayWrite = useMayWrite();
  const platformName = usePlatformName();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Readonly<Partial<Record<EditField, string>>>>({});
  const [began, setBegan] = useState(person.updated_at);
  const [chosen, setChosen] = useState('feishu');
  const values = valuesOf(person);
  const edits = editsOf(typed, values);
  const isChanged = Object.keys(edits).length > 0;
  const settled = useSettled(edits);
  const check = useQuery({ ...editCheckQuery(company, person.id, settled), enabled: mayWrite });
  const platforms = isChanged ? (check.data?.platforms ?? []) : [];
  const own = platforms.find(({ platform }) => platform === chosen);
  const isCurrent = JSON.stringify(settled) === JSON.stringify(edits) && !check.isPlaceholderData;
  const save = useMutation({
    mutationFn: (call: OwnCallBody) => api('calls.send', { params: { key: company }, body: call }),
    onSuccess: async ({ request }) => {
      const call = await queries.fetchQuery(callQuery(request));
      await queries.invalidateQueries({ queryKey: ['c', company, 'record'] });
      // What was refused stays in the form, to be changed.
      if (call.outcome === 'ok') setTyped({});
      setBegan('');
    },
  });
  const sent = useQuery({ ...callQuery(save.data?.request ?? ''), enabled: save.data !== undefined }).data;
  const set = (field: EditField, text: string): void => {
    if (began === '' || !isChanged) setBegan(person.updated_at);
    save.reset();
    setTyped({ ...typed, [field]: text });
  };
  return (
    <div className="person-edit">
      <form
        className="card stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (own?.call !== null && own?.call !== undefined && isCurrent) save.mutate(own.call);
        }}
      >
        {FORM_FIELDS.map((field) => (
          <label key={field} className={field in edits ? 'person-edit-field person-edit-changed' : 'person-edit-field'}>
            <span>
              {say(field)}
              {field in edits && <span aria-hidden="true"> ●</span>}
            </span>
            <Field
              field={field}
              value={typed[field] ?? values[field]}
              titles={check.data?.job_titles ?? []}
              title={person.job_title}
              change={(text) => {
                set(field, text);
              }}
            />
          </label>
        ))}
        <div className="row wrap">
          <span>{say('by')}</span>
          <Segmented
            aria-label={say('by')}
            value={chosen}
            options={['feishu', 'wecom', 'hose'].map((name) => ({ value: name, label: platformName(name) }))}
            onChange={setChosen}
          />
          <Button
            type="primary"
            htmlType="submit"
            loading={save.isPending}
            disabled={!mayWrite || !isChanged || !isCurrent || own?.call === null || own === undefined}
          >
            {say(own?.checked?.outcome === 'refused' ? 'anyway' : 'save')}
          </Button>
          <Button
            disabled={!isChanged}
            onClick={() => {
              setTyped({});
              save.reset();
            }}
          >
            {say('undo')}
          </Button>
        </div>
        {!mayWrite && <p className="small quiet">{say('readOnly')}</p>}
        {isChanged && began !== '' && began !== person.updated_at && (
          <p className="verdict-warn person-edit-band" role="status">
            {say('changed')}
          </p>
        )}
        {save.error !== null && <Failure what={say('sendFailed')} error={save.error} />}
        {sent !== undefined && (
          <p className="row wrap" role="status">
            {say('saved')} <CallResult call={sent} />
            <Link to="/c/$company/calls/$id" params={{ company, id: sent.id }}>
              {say('see')}
            </Link>
          </p>
        )}
      </form>
      <section className="stack-tight" aria-label={say('verdicts')} aria-live="polite">
        <h2>{say('verdicts')}</h2>
        {check.error !== null && <Failure what={say('checkFailed')} error={check.error} />}
        {platforms.length === 0 && <p className="quiet">{say('nothing')}</p>}
        {platforms.map((one) => (
          <PlatformVerdicts key={one.platform} check={one} isChosen={one.platform === chosen} />
        ))}
      </section>
    </div>
  );
}

function Field({
  field,
  value,
  titles,
  title,
  change,
}: {
  readonly field: EditField;
  readonly value: string;
  readonly titles: readonly { readonly id: string; readonly name: string }[];
  readonly title: { readonly id: string; readonly name: string } | null;
  readonly change: (text: string) => void;
}): ReactNode {
  const say = useWords(editWords);
  if (field === 'gender')
    return (
      <Select
        aria-label={say(field)}
        value={value}
        options={[
          { value: '0', label: '–' },
          { value: '1', label: say('man') },
          { value: '2', label: say('woman') },
        ]}
        onChange={change}
      />
    );
  if (field === 'job_title') {
    const all = title === null || titles.some(({ id }) => id === title.id) ? titles : [title, ...titles];
    return (
      <Select
        aria-label={say(field)}
        value={value}
        options={[
          { value: '', label: say('noTitle') },
          ...all.map(({ id, name }) => ({ value: id, label: visible(name) })),
        ]}
        onChange={change}
      />
    );
  }
  return (
    <Input
      aria-label={say(field)}
      type={field === 'join_date' ? 'date' : 'text'}
      value={value}
      onChange={(event) => {
        change(event.target.value);
      }}
    />
  );
}
