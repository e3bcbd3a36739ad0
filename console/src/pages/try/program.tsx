import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import type { OwnCallBody } from '../../../../src/sandbox/acting/contract.ts';
import { PROGRAM_FORMS, programQuery, type ProgramForm } from '../../api/try-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { useSettled } from '../../ui/settled.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { tryWords } from './words.ts';
import '../../ui/code/code.css';

const TITLES: Readonly<Record<ProgramForm, string>> = {
  curl: 'curl',
  node: 'Node.js',
  go: 'Go',
  python: 'Python',
  java: 'Java',
};

/** The call as it is typed, as a shell or a program makes it. */
export function Program({ company, call }: { readonly company: string; readonly call: OwnCallBody }): ReactNode {
  const say = useWords(tryWords);
  const [form, setForm] = useState<ProgramForm>('curl');
  const { data, error } = useQuery(programQuery(company, useSettled(call), form));
  return (
    <section className="stack-tight">
      <div className="spread wrap">
        <h2>{say('code')}</h2>
        <div className="row wrap">
          <Segmented
            size="small"
            aria-label={say('code')}
            value={form}
            options={PROGRAM_FORMS.map((one) => ({ value: one, label: TITLES[one] }))}
            onChange={setForm}
          />
          {data !== undefined && <CopyButton text={data} of={TITLES[form]} />}
        </div>
      </div>
      {error !== null && <Failure what={say('codeFailed')} error={error} />}
      {data !== undefined && (
        <pre className="body" tabIndex={0} aria-label={TITLES[form]}>
          {visible(data)}
        </pre>
      )}
    </section>
  );
}
