import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { FindingView } from '../../../../src/sandbox/doctor/contract.ts';
import { doctorQuery } from '../../api/company-queries.ts';
import { Page } from '../../ui/page/page.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { NoCallsKept, useKeepsCalls } from '../../ui/state/sandbox-off.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';

const words = {
  title: { zh: '诊断', en: 'Doctor' },
  failed: { zh: '无法诊断。', en: 'The calls cannot be examined.' },
  again: { zh: '重新检查', en: 'Examine again' },
  only: { zh: '只检查选中的 {n} 次调用。', en: 'Only the {n} chosen {n|call|calls}.' },
  all: { zh: '检查全部', en: 'Examine all' },
  none: { zh: '没有发现问题（检查了 {n} 次调用）。', en: 'Nothing found in {n} {n|call|calls}.' },
  found: { zh: '{n} 个问题（检查了 {calls} 次调用）', en: '{n} {n|finding|findings} in {calls} {calls|call|calls}' },
  times: { zh: '{n} 次', en: '{n} {n|time|times}' },
  see: { zh: '查看其中一次调用', en: 'See one of the calls' },
  seeOnly: { zh: '查看这次调用', en: 'See the call' },
  remedy: { zh: '怎么改', en: 'What to do' },
  error: { zh: '错误', en: 'Error' },
  warning: { zh: '警告', en: 'Warning' },
  note: { zh: '提示', en: 'Note' },
} as const;

const KIND: Readonly<Record<string, string>> = { error: 'bad', warning: 'warn' };

/** What the client under test does wrong, or why that is not known. */
export function DoctorPage(): ReactNode {
  const say = useWords(words);
  return useKeepsCalls() ? (
    <Findings />
  ) : (
    <Page title={say('title')} document={say('title')}>
      <NoCallsKept />
    </Page>
  );
}

/** What is wrong in the client's own calls. */
function Findings(): ReactNode {
  const say = useWords(words);
  const { company } = useParams({ from: '/c/$company' });
  const { calls = '' } = useSearch({ from: '/c/$company/doctor' });
  const { data, error, refetch } = useQuery(doctorQuery(company, calls));
  return (
    <Page
      title={say('title')}
      document={say('title')}
      actions={<Button onClick={() => void refetch()}>{say('again')}</Button>}
    >
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {calls !== '' && (
        <p className="row wrap">
          <span>{say('only', { n: calls.split(',').length })}</span>
          <Link to="/c/$company/doctor" params={{ company }}>
            {say('all')}
          </Link>
        </p>
      )}
      {data === undefined && error === null && <Loading />}
      {data?.findings.length === 0 && <Empty>{say('none', { n: data.calls })}</Empty>}
      {data !== undefined && data.findings.length > 0 && (
        <>
          <p className="quiet">{say('found', { n: data.findings.length, calls: data.calls })}</p>
          <ul className="stack">
            {data.findings.map((finding) => (
              <li key={`${finding.id} ${finding.platform} ${finding.app ?? ''} ${finding.client}`}>
                <Finding finding={finding} company={company} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

function Finding({ finding, company }: { readonly finding: FindingView; readonly company: string }): ReactNode {
  const say = useWords(words);
  const { severity, platform, message, remedy, count, client, app, requests, about } = finding;
  const call = requests.at(-1);
  return (
    <article className="card stack-tight">
      <header className="row wrap">
        <span className={`verdict verdict-${KIND[severity] ?? 'quiet'}`}>{say(severity)}</span>
        <Platform name={platform} />
        <h2 className="grow">{message}</h2>
        <span className="quiet">{say('times', { n: count })}</span>
      </header>
      <p className="small quiet">
        <span className="code">{finding.id}</span> · {client || '–'}
        {app === null ? '' : ` · ${app}`}
        {about.length === 0 ? '' : ` · ${about.join(', ')}`}
      </p>
      <p>
        <strong>{say('remedy')}</strong> {remedy}
      </p>
      {call !== undefined && (
        <p>
          <Link to="/c/$company/calls/$id" params={{ company, id: call }}>
            {say(requests.length === 1 ? 'seeOnly' : 'see')}
          </Link>
        </p>
      )}
    </article>
  );
}
