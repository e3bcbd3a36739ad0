import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { DriftRunPage } from '../../../../src/http/admin/targets/drift-contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { AUTHORITY_WORDS } from '../../ui/target/live-words.ts';
import { useWords } from '../../words/language.tsx';
import { driftWords } from './words.ts';

type Line = DriftRunPage['lines'][number];

const KIND = { accept: 'changed', repair: 'changed', decide: 'warn' } as const;

/** One difference: the value on both sides and the one both last had, and what may be done about it. */
export function DriftRow({
  company,
  line,
  canChange,
  accept,
  repair,
}: {
  readonly company: string;
  readonly line: Line;
  readonly canChange: boolean;
  readonly accept: (employee: string, field: string) => Promise<void>;
  readonly repair: (employee: string, field: string) => Promise<void>;
}): ReactNode {
  const say = useWords(driftWords);
  const live = useLiveValues(company);
  const { subject, field, kind } = line;
  const name = visible(line.name === '' ? (subject ?? line.live_id ?? '–') : line.name);
  return (
    <tr>
      <td className="target-value">
        {subject !== null && kind === 'employee' ? (
          <Link to="/c/$company/people/$id" params={{ company, id: subject }} search={{ tab: 'targets' }}>
            {name}
          </Link>
        ) : (
          name
        )}
        {line.live_id !== null && <p className="small quiet code">{visible(line.live_id)}</p>}
      </td>
      <td>
        <span className={`verdict verdict-${KIND[line.remedy]}`}>≠ {say(line.class)}</span>
        {line.candidates !== undefined && <p className="small quiet code">{visible(line.candidates.join(' '))}</p>}
      </td>
      <td className="target-word">
        {field === null ? say(kind === 'employee' ? 'whole' : 'wholeDepartment') : live.field(field)}
      </td>
      {[line.base, line.ours, line.theirs].map((value, at) => (
        <td key={COLUMNS[at]} className="target-value">
          {field === null ? '' : value === undefined ? '–' : live.value(field, value)}
        </td>
      ))}
      <td className="target-word">
        {field === null
          ? ''
          : line.authority === null
            ? say('noAuthority')
            : live.named(AUTHORITY_WORDS, line.authority)}
      </td>
      <td className="target-act">
        {subject !== null && field !== null && kind === 'employee' && (
          <span className="row wrap">
            <Button
              size="small"
              disabled={!canChange || field === 'status'}
              aria-label={say('acceptOf', { field: live.field(field), name })}
              onClick={() => void accept(subject, field)}
            >
              {say('accept')}
            </Button>
            <Button
              size="small"
              disabled={!canChange}
              aria-label={say('repairOf', { field: live.field(field), name })}
              onClick={() => void repair(subject, field)}
            >
              {say('repair')}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}

const COLUMNS = ['base', 'ours', 'theirs'] as const;
