import type { ReactNode } from 'react';
import { CallLine } from './call-line.tsx';
import type { ListedCall } from './listed-call.ts';

/** Calls, each in one line that leads to its page. */
export function CallLines({
  calls,
  company,
}: {
  readonly calls: readonly ListedCall[];
  readonly company: string;
}): ReactNode {
  return (
    <ul>
      {calls.map((call) => (
        <li key={call.id}>
          <CallLine call={call} company={company} />
        </li>
      ))}
    </ul>
  );
}
