import type { ReactNode } from 'react';
import { CallLine } from './call-line.tsx';
import type { ListedCall } from './listed-call.ts';
import { usePointed } from './use-pointed.ts';
import { useStillCalls } from './use-still-calls.ts';

/** Calls, each in one line that leads to its page; none moves under a pointer. */
export function CallLines({
  calls,
  company,
}: {
  readonly calls: readonly ListedCall[];
  readonly company: string;
}): ReactNode {
  const still = useStillCalls(calls, company, 0);
  const pointed = usePointed((isPointed) => {
    still.hold('pointed', isPointed);
  });
  return (
    <ul {...pointed}>
      {still.calls.map((call) => (
        <li key={call.id}>
          <CallLine call={call} company={company} />
        </li>
      ))}
    </ul>
  );
}
