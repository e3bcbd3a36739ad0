import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DriftRunLine } from '../../../../src/http/admin/targets/drift-contract.ts';
import { useMayWrite } from '../../api/session.ts';
import { driftRunQuery } from '../../api/target-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { ConfirmButton } from '../../ui/confirm/confirm-button.tsx';
import { Empty, Failure, Loading } from '../../ui/state/states.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { Headings } from '../../ui/table/headings.tsx';
import { MoreRows } from '../../ui/table/more-rows.tsx';
import { useWords } from '../../words/language.tsx';
import { DriftRow } from './drift-row.tsx';
import { Outcome } from './outcome.tsx';
import { useRemedies } from './remedies.ts';
import { CLASSES, driftWords } from './words.ts';

/** One read of a live tenant: how many people are in each class, and each difference with what may be done. */
export function Run({
  company,
  target,
  run,
  of,
}: {
  readonly company: string;
  readonly target: string;
  readonly run: DriftRunLine;
  readonly of: string | undefined;
}): ReactNode {
  const say = useWords(driftWords);
  const zone = useZone(company);
  const mayWrite = useMayWrite();
  const remedies = useRemedies(company, target);
  const pages = useInfiniteQuery({
    ...driftRunQuery(company, target, run.id, of),
    enabled: run.state === 'done',
  });
  const { data, error, refetch } = pages;
  if (run.state === 'reading') return <p role="status">{say('reading')}</p>;
  if (run.state === 'failed')
    return (
      <p role="alert" className="verdict-bad">
        ✕ {say('runFailed')}: {visible(run.why ?? '')}
      </p>
    );
  const lines = data?.pages.flatMap((page) => page.lines) ?? [];
  const canChange = mayWrite && !remedies.isBusy;
  return (
    <div className="stack">
      <p>
        <Time at={run.read_at} zone={zone} /> · {say('summary', run.people)}
      </p>
      {!run.complete && (
        <p className="verdict-warn">
          {say('incomplete')} {visible(run.why ?? '')}
        </p>
      )}
      <Classes company={company} target={target} run={run} of={of} />
      <div className="row wrap">
        <ConfirmButton
          ask={say('acceptAllAsk')}
          confirm={say('acceptAll')}
          disabled={!canChange}
          act={() => remedies.accept({ run: run.id, all: true })}
        >
          {say('acceptAll')}
        </ConfirmButton>
        <ConfirmButton
          ask={say('repairAllAsk')}
          confirm={say('repairAll')}
          disabled={!canChange}
          act={() => remedies.repair({ run: run.id, all: true })}
        >
          {say('repairAll')}
        </ConfirmButton>
      </div>
      <Outcome company={company} target={target} remedies={remedies} />
      {error !== null && <Failure what={say('failed')} error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading rows={8} />
      ) : lines.length === 0 ? (
        <Empty>{say(of === undefined ? 'same' : 'noneOfClass')}</Empty>
      ) : (
        <>
          <p className="small quiet">{say('legend')}</p>
          {lines.some((line) => line.class === 'only-there' && line.kind === 'employee') && (
            <p className="small quiet">{say('onlyThereHint')}</p>
          )}
          <section className="card target-wide" aria-label={say('title')}>
            <table>
              <Headings
                names={(['who', 'class', 'field', 'base', 'ours', 'theirs', 'authority'] as const).map((column) =>
                  say(column),
                )}
                buttons={say('actions')}
              />
              <tbody>
                {lines.map((line) => (
                  <DriftRow
                    key={`${line.class} ${line.kind} ${line.subject ?? ''} ${line.live_id ?? ''} ${line.field ?? ''}`}
                    company={company}
                    line={line}
                    canChange={canChange}
                    accept={(employee, field) =>
                      remedies.accept({ run: run.id, employees: [employee], fields: [field] })
                    }
                    repair={(employee, field) =>
                      remedies.repair({ run: run.id, employees: [employee], fields: [field] })
                    }
                  />
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
      <MoreRows pages={pages}>{say('more')}</MoreRows>
    </div>
  );
}

/** The classes that there are, each with its people; one is chosen in the address. */
function Classes({
  company,
  target,
  run,
  of,
}: {
  readonly company: string;
  readonly target: string;
  readonly run: DriftRunLine;
  readonly of: string | undefined;
}): ReactNode {
  const say = useWords(driftWords);
  const counts = run.counts.people;
  const there = CLASSES.filter((one) => (counts[one] ?? 0) > 0);
  return (
    <nav className="row wrap" aria-label={say('class')}>
      {[undefined, ...there].map((one) => (
        <Link
          key={one ?? 'all'}
          to="/c/$company/targets/$target/drift"
          params={{ company, target }}
          search={(former) => ({
            ...(former.run === undefined ? {} : { run: former.run }),
            ...(one === undefined ? {} : { class: one }),
          })}
          className="target-tab"
          aria-current={one === of ? 'page' : undefined}
          activeProps={{}}
        >
          {one === undefined ? say('all') : `${say(one)} ${say('people', { count: counts[one] ?? 0 })}`}
        </Link>
      ))}
      <span className="quiet">
        {say('equal')} {say('people', { count: counts.equal ?? 0 })}
      </span>
    </nav>
  );
}
