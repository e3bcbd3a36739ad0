import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PartInFile } from '../../../../src/http/admin/catalogues/contract.ts';
import { addPart, editPart, FIELDS, removePart } from '../../api/catalogue-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { visible } from '../../ui/code/visible.ts';
import { Empty, Failure } from '../../ui/state/states.tsx';
import { Headings } from '../../ui/table/headings.tsx';
import { useWords } from '../../words/language.tsx';
import { NewEntry } from './new-entry.tsx';
import { NewField } from './new-field.tsx';
import type { PartWork } from './part.ts';
import { PartRow } from './part-row.tsx';
import { catalogueWords, listName } from './words.ts';

/** One list, or the own fields: a form that adds to it, and a row for each entry. */
export function PartList({
  company,
  list,
  parts,
  lists,
}: {
  readonly company: string;
  readonly list: string;
  readonly parts: readonly PartInFile[];
  /** The lists that a field may point into. */
  readonly lists: readonly string[];
}): ReactNode {
  const say = useWords(catalogueWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: async (work: PartWork): Promise<void> => {
      if (work.kind === 'add') await addPart({ company, list }, work.body);
      else if (work.kind === 'edit') await editPart({ company, list, id: work.id }, work.body);
      else await removePart({ company, list, id: work.id });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company, 'record'] }),
  });
  const act = (work: PartWork): Promise<boolean> =>
    change.mutateAsync(work).then(
      () => true,
      () => false,
    );
  const canChange = mayWrite && !change.isPending;
  const name = visible(listName(list, say));
  const isFields = list === FIELDS;
  return (
    <section className="card stack" aria-label={name}>
      <h2>{name}</h2>
      {isFields ? (
        <NewField canAdd={canChange} lists={lists} add={(body) => act({ kind: 'add', body })} />
      ) : (
        <NewEntry list={name} canAdd={canChange} add={(body) => act({ kind: 'add', body })} />
      )}
      <div role="status">{change.error !== null && <Failure what={say('changeFailed')} error={change.error} />}</div>
      {parts.length === 0 ? (
        <Empty>{say(list === 'countries' ? 'world' : 'empty')}</Empty>
      ) : (
        <div className="catalogues-wide">
          <table>
            <Headings
              names={(['name', isFields ? 'type' : 'code', 'platforms', 'state'] as const).map((column) => say(column))}
              buttons={say('actions')}
            />
            <tbody>
              {parts.map((part) => (
                <PartRow
                  key={part.id}
                  place={{ company, list, id: part.id }}
                  part={part}
                  canChange={canChange}
                  act={act}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
