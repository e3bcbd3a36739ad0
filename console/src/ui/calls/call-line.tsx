import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PersonName } from '../people/person-name.tsx';
import { Platform } from '../platform/platform.tsx';
import { Time, useZone } from '../time/time.tsx';
import { countedVerdicts } from '../verdict/verdicts.ts';
import { VerdictCounts } from '../verdict/verdict-mark.tsx';
import { CallResult } from './call-result.tsx';
import type { ListedCall } from './listed-call.ts';
import './calls.css';

/** One call in one line, which leads to its page. */
export function CallLine({ call, company }: { readonly call: ListedCall; readonly company: string }): ReactNode {
  const zone = useZone(company);
  return (
    <Link className="call-line" to="/c/$company/calls/$id" params={{ company, id: call.id }}>
      <Time at={call.at} zone={zone} />
      <Platform name={call.platform} letterOnly />
      <span className="grow clip">{call.operation ?? `${call.method} ${call.path}`}</span>
      <span className="clip">{call.employee !== null && <PersonName company={company} id={call.employee} />}</span>
      {call.outcome === 'refused' || call.outcome === 'injected' || countedVerdicts(call.verdicts).length === 0 ? (
        <CallResult call={call} />
      ) : (
        <VerdictCounts counts={call.verdicts} silent={call.silent} />
      )}
    </Link>
  );
}
