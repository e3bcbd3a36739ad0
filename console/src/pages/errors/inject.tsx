import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { CatalogueEntry } from '../../../../src/sandbox/catalogue/entry.ts';
import { api } from '../../api/client.ts';
import { faultsQuery } from '../../api/company-queries.ts';
import { useMayWrite } from '../../api/session.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { errorsWords } from './words.ts';

/** So many calls get the code. */
const TIMES = 3;

/** Lets the next calls of the operation get a code, by a fault rule that ends by itself. */
export function Inject({ entry, company }: { readonly entry: CatalogueEntry; readonly company: string }): ReactNode {
  const say = useWords(errorsWords);
  const mayWrite = useMayWrite();
  const queries = useQueryClient();
  const { platform, id, operation } = entry;
  const add = useMutation({
    mutationFn: () =>
      api('faults.add', {
        params: { key: company },
        body: {
          effect: { code: id },
          match: { platform, ...(operation === undefined ? {} : { operation }) },
          times: TIMES,
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: faultsQuery(company).queryKey }),
  });
  return (
    <>
      <Button loading={add.isPending} disabled={!mayWrite || add.isSuccess} onClick={() => add.mutate()}>
        {say('inject', { n: TIMES })}
      </Button>
      {add.isSuccess && (
        <span role="status">
          ✓ {say('injected', { n: TIMES, operation: operation ?? platform })}{' '}
          <Link to="/c/$company/workbench" params={{ company }}>
            {say('seeRule')}
          </Link>
        </span>
      )}
      {add.error !== null && <Failure what={say('injectFailed')} error={add.error} />}
    </>
  );
}
