import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { EditField as Field } from '../../../../src/sandbox/dry-run/contract.ts';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';
import type { OwnCallBody } from '../../../../src/sandbox/acting/contract.ts';
import { api } from '../../api/client.ts';
import { callQuery } from '../../api/company-queries.ts';
import { editCheckQuery } from '../../api/edit-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { NearestBand } from '../../ui/calls/nearest.tsx';
import { usePlatformName } from '../../ui/platform/platform.tsx';
import { NoSending, useMaySend } from '../../ui/state/sandbox-off.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useSettled } from '../../ui/settled.ts';
import { useTyped } from '../../ui/typed.ts';
import { useWords } from '../../words/language.tsx';
import { EditDepartments } from './edit-departments.tsx';
import { EditField } from './edit-field.tsx';
import { EditLeft } from './edit-left.tsx';
import { EditSent } from './edit-sent.tsx';
import { PlatformVerdicts } from './edit-verdicts.tsx';
import { editsOf, FORM_FIELDS, onlyOf, valuesOf, type FormValues } from './edit-values.ts';
import { editWords } from './edit-words.ts';

/** Changes a person through the rules of one platform; what each platform would answer stands beside before saving. */
export function Edit({ company, person }: { readonly company: string; readonly person: EmployeeView }): ReactNode {
  const say = useWords(editWords);
  const isReader = !useMayWrite();
  const maySend = useMaySend();
  const mayWrite = !isReader && maySend;
  const form = useRef<HTMLFormElement>(null);
  const platformName = usePlatformName();
  const queries = useQueryClient();
  const [typed, setTyped] = useTyped<Partial<FormValues>>(`${company} ${person.id}`, {});
  // Kept beside what was typed, so that a form that is restored also warns where the record moved.
  const [began, setBegan] = useTyped<{ readonly at?: string }>(`began/${company} ${person.id}`, {});
  const [chosen, setChosen] = useState('feishu');
  const values = valuesOf(person);
  const edits = editsOf(typed, values);
  const isChanged = Object.keys(edits).length > 0;
  const settled = useSettled(edits);
  const check = useQuery({ ...editCheckQuery(company, person.id, settled, chosen), enabled: mayWrite });
  const platforms = isChanged ? (check.data?.platforms ?? []) : [];
  const own = platforms.find(({ platform }) => platform === chosen);
  const mended = own?.nearest?.fields.map((field) => say(field)).join(say('and')) ?? '';
  const isCurrent = JSON.stringify(settled) === JSON.stringify(edits) && !check.isPlaceholderData;
  const save = useMutation({
    mutationFn: ({ call }: { readonly call: OwnCallBody; readonly left: readonly Field[] }) =>
      api('calls.send', { params: { key: company }, body: call }),
    onSuccess: async ({ request }, { left }) => {
      const call = await queries.fetchQuery(callQuery(request));
      await queries.invalidateQueries({ queryKey: ['c', company, 'record'] });
      // What was refused, or has no place on the platform, stays in the form: to be changed, or saved through another one.
      if (call.outcome === 'ok') setTyped(onlyOf(typed, left));
      setBegan({});
    },
  });
  const set = (changed: Partial<FormValues>): void => {
    if (began.at === undefined || !isChanged) setBegan({ at: person.updated_at });
    save.reset();
    setTyped({ ...typed, ...changed });
  };
  const classOf = (field: Field): string =>
    `person-edit-field${field in edits ? ' person-edit-changed' : ''}${field === 'departments' ? ' person-edit-wide' : ''}`;
  return (
    <div className="person-edit">
      <form
        ref={form}
        className="card stack-tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (own !== undefined && own.call !== null && isCurrent) save.mutate({ call: own.call, left: own.left });
        }}
      >
        {isReader ? <p className="small quiet">{say('readOnly')}</p> : !maySend && <NoSending />}
        {FORM_FIELDS.map((field) => {
          const name = (
            <span>
              {say(field)}
              {field in edits && <span aria-hidden="true"> ●</span>}
            </span>
          );
          return field === 'departments' ? (
            <div key={field} role="group" aria-label={say(field)} className={classOf(field)}>
              {name}
              <EditDepartments
                company={company}
                value={typed.departments ?? values.departments}
                change={(departments) => {
                  set({ departments });
                }}
              />
            </div>
          ) : (
            <label key={field} className={classOf(field)}>
              {name}
              <EditField
                company={company}
                person={person}
                field={field}
                value={typed[field] ?? values[field]}
                titles={check.data?.job_titles ?? []}
                change={(text) => {
                  set({ [field]: text });
                }}
              />
            </label>
          );
        })}
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
              setBegan({});
              save.reset();
              // Nothing is left to discard, so this button is off.
              form.current?.querySelector('input')?.focus();
            }}
          >
            {say('undo')}
          </Button>
        </div>
        {isChanged && began.at !== undefined && began.at !== person.updated_at && (
          <p className="band verdict-warn" role="status">
            {say('changed')}
          </p>
        )}
        {own !== undefined && own.left.length > 0 && <EditLeft own={own} platforms={platforms} />}
        {save.error !== null && <Failure what={say('sendFailed')} error={save.error} />}
        {save.data !== undefined && <EditSent company={company} request={save.data.request} />}
      </form>
      {mayWrite && (
        <section className="stack-tight" aria-label={say('verdicts')} aria-live="polite">
          <h2>{say('verdicts')}</h2>
          {check.error !== null && <Failure what={say('checkFailed')} error={check.error} />}
          {platforms.length === 0 && <p className="quiet">{say('nothing')}</p>}
          {own !== undefined && own.nearest !== null && (
            <NearestBand
              text={mended === '' ? own.nearest.text : `${mended}${say('colon')}${own.nearest.text}`}
              disabled={!mayWrite || !isCurrent || save.isPending}
              send={() => {
                if (own.nearest !== null) save.mutate({ call: own.nearest.call, left: own.left });
              }}
            />
          )}
          {platforms.map((one) => (
            <PlatformVerdicts key={one.platform} check={one} isChosen={one.platform === chosen} />
          ))}
        </section>
      )}
    </div>
  );
}
