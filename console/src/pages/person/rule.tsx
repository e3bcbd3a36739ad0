import type { ReactNode } from 'react';
import type { CellView, ViewRow } from '../../../../src/sandbox/views/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { SafeLink } from '../../ui/link/safe-link.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { useWords } from '../../words/language.tsx';
import { SIGNS } from './relations.ts';
import { personWords } from './words.ts';

/** The rule that makes a platform's value differ from the record, with where it is known from. */
export function Rule({ row, cell }: { readonly row: ViewRow; readonly cell: CellView }): ReactNode {
  const say = useWords(personWords);
  const { rule, path, relation } = cell;
  return (
    <div className="stack-tight">
      <p className="row wrap">
        <Platform name={cell.platform} /> <strong>{row.label}</strong>
        <span>
          {SIGNS[relation]} {say(relation)}
        </span>
        {path !== null && <code className="quiet">{visible(path)}</code>}
      </p>
      {rule !== null && (
        <p>
          {rule.text}{' '}
          <span className="quiet">
            {say('source')} [{rule.mark}]
          </span>{' '}
          {rule.link === null ? (
            rule.mark === 'proposed' && <span className="quiet">{say('noPage')}</span>
          ) : (
            <SafeLink href={rule.link}>{say('page')}</SafeLink>
          )}
        </p>
      )}
    </div>
  );
}
