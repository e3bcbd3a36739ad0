import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';
import { clockQuery, faultsQuery } from '../api/company-queries.ts';
import { useIsOutdated } from '../api/server-version.ts';
import { textOf, useZone } from '../ui/time/time.tsx';
import { useWords } from '../words/language.tsx';
import { shellWords } from './words.ts';

function reload(event: MouseEvent): void {
  event.preventDefault();
  window.location.reload();
}

/** What every page says while a fault is on or the company's clock is not the system's. */
export function Notices({ company }: { readonly company: string }): ReactNode {
  const say = useWords(shellWords);
  const zone = useZone(company);
  const faults = useQuery(faultsQuery(company)).data?.faults.filter(({ enabled }) => enabled !== false) ?? [];
  const clock = useQuery(clockQuery(company)).data;
  const isOwnTime = clock !== undefined && clock.mode !== 'system';
  const isOutdated = useIsOutdated();
  if (faults.length === 0 && !isOwnTime && !isOutdated) return null;
  return (
    <div className="notices" role="status">
      {isOutdated && (
        <span>
          ↻ {say('updated')}{' '}
          <a href={window.location.href} onClick={reload}>
            {say('reload')}
          </a>
        </span>
      )}
      {faults.length > 0 && (
        <span>
          ⚠ {say('faultsOn', { n: faults.length })}{' '}
          <Link to="/c/$company/workbench" params={{ company }}>
            {say('faultsSee')}
          </Link>
        </span>
      )}
      {isOwnTime && (
        <span>
          ◷ {say('clockAhead', { at: textOf(new Date(clock.now), zone, false, new Date()), mode: say(clock.mode) })}
        </span>
      )}
    </div>
  );
}
