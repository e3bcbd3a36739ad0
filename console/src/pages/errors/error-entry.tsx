import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { ExchangeView, Trial } from '../../../../src/sandbox/catalogue/contract.ts';
import type { CatalogueEntry } from '../../../../src/sandbox/catalogue/entry.ts';
import { api } from '../../api/client.ts';
import { useMayWrite } from '../../api/session.ts';
import { Body } from '../../ui/code/json-body.tsx';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { SafeLink } from '../../ui/link/safe-link.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { Failure } from '../../ui/state/states.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { Inject } from './inject.tsx';
import { errorsWords } from './words.ts';

/** One code: what it means, what to do, and a button that provokes it. */
export function ErrorEntry({
  entry,
  company,
}: {
  readonly entry: CatalogueEntry;
  readonly company: string;
}): ReactNode {
  const say = useWords(errorsWords);
  const { language } = useLanguage();
  const mayWrite = useMayWrite();
  const trial = useMutation({
    mutationFn: () => api('errors.try', { params: { platform: entry.platform, code: entry.id } }),
  });
  const canTry = entry.cases !== undefined && entry.cases.length > 0;
  return (
    <article className="card stack">
      <header className="stack-tight">
        <p className="row wrap">
          <Platform name={entry.platform} /> <code>{entry.id}</code>
        </p>
        <h2>{entry.title[language]}</h2>
        <p className="small quiet">
          {say('class')} {say(entry.class)} · {say('contract')} {entry.contract}
          {entry.operation === undefined ? '' : ` · ${say('operation')} ${entry.operation}`}
        </p>
      </header>
      <section>
        <h3>{say('meaning')}</h3>
        <p>{entry.meaning[language]}</p>
      </section>
      <section>
        <h3>{say('remedy')}</h3>
        <p>{entry.remedy[language]}</p>
      </section>
      {entry.not_produced !== undefined && (
        <section>
          <h3>{say('notProduced')}</h3>
          <p>{entry.not_produced[language]}</p>
        </section>
      )}
      <p className="row wrap">
        {entry.page !== undefined && <SafeLink href={entry.page}>{say('vendor')}</SafeLink>}
        <Link to="/c/$company/calls" params={{ company }} search={{ q: `platform:${entry.platform} code:${entry.id}` }}>
          {say('calls')}
        </Link>
      </p>
      {canTry ? (
        <div className="row wrap">
          <Button type="primary" loading={trial.isPending} disabled={!mayWrite} onClick={() => trial.mutate()}>
            {say('try')}
          </Button>
          <span className="small quiet">{say('tryHint')}</span>
          <Inject key={entry.id} entry={entry} company={company} />
        </div>
      ) : (
        entry.proved_in !== undefined && <p className="small quiet">{say('provedIn', { file: entry.proved_in })}</p>
      )}
      {trial.error !== null && <Failure what={say('tryFailed')} error={trial.error} />}
      {trial.data !== undefined && <TrialView trial={trial.data} />}
    </article>
  );
}

function TrialView({ trial }: { readonly trial: Trial }): ReactNode {
  const say = useWords(errorsWords);
  return (
    <section className="stack" aria-live="polite">
      <p>
        <span className={`verdict verdict-${trial.provoked ? 'good' : 'bad'}`}>
          {say(trial.provoked ? 'provoked' : 'differs')}
        </span>{' '}
        <span className="quiet">{trial.when}</span> <CopyButton label={say('fixture')} text={fixtureOf(trial)} />
      </p>
      {Object.keys(trial.company).length > 0 && (
        <div className="stack-tight">
          <h3>{say('company')}</h3>
          <Body body={trial.company} label={say('company')} />
        </div>
      )}
      {trial.exchanges.map((exchange, index) => (
        <Exchange key={index} exchange={exchange} />
      ))}
    </section>
  );
}

/** Writes the refused exchange in the form of the fixtures that the journal exports. */
function fixtureOf({ platform, id, when, exchanges }: Trial): string {
  const refused = exchanges.find(({ step }) => step === 'refused');
  const source = `provoked by ${platform} ${id}: ${when}`;
  return JSON.stringify({ name: id, source, kind: 'recorded', ...refused, step: undefined }, null, 2);
}

function Exchange({ exchange }: { readonly exchange: ExchangeView }): ReactNode {
  const say = useWords(errorsWords);
  const { step, request, response } = exchange;
  return (
    <div className="stack-tight">
      <h3>{say(step)}</h3>
      <p className="code errors-path">
        {request.method} {request.path}
      </p>
      {request.body !== undefined && request.body !== null && request.body !== '' && (
        <Body body={request.body} label={say('request')} />
      )}
      <p className="small quiet">{say('response', { status: response.status })}</p>
      <Body body={response.body} label={say('response', { status: response.status })} />
    </div>
  );
}
