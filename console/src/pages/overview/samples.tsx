import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Edits, EditCheck } from '../../../../src/sandbox/dry-run/contract.ts';
import type { OverviewView } from '../../../../src/http/admin/contract.ts';
import type { OwnCallBody } from '../../../../src/sandbox/acting/contract.ts';
import { api } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { Failure } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';
import { overviewWords } from './words.ts';

/** The platforms that the samples are sent to. */
const SAMPLED = ['feishu', 'wecom'];

/**
 * Sends three calls of the company's own apps: one that is applied, one that is refused, one that loses a mobile silently. Where the
 * apps or the people for them are missing, it leads to where these are added.
 */
export function Samples({ overview }: { readonly overview: OverviewView }): ReactNode {
  const say = useWords(overviewWords);
  const { company, platforms, counts } = overview;
  const session = useSession();
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: async () => {
      for (const call of await samplesOf(company)) await api('calls.send', { params: { key: company }, body: call });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['c', company] }),
  });
  if (session?.role !== 'full' || session.sandbox !== 'on') return null;
  const hasApps = SAMPLED.every((name) =>
    platforms.some((platform) => platform.name === name && platform.apps.some(({ enabled }) => enabled)),
  );
  if (!hasApps) {
    return (
      <Link to="/c/$company/apps" params={{ company }}>
        {say('toApps')}
      </Link>
    );
  }
  // One who is changed, and one whose mobile is taken.
  if (counts.employees < 2) {
    return (
      <Link to="/c/$company/people" params={{ company }}>
        {say('toPeople')}
      </Link>
    );
  }
  return (
    <>
      <Button loading={send.isPending} onClick={() => send.mutate()}>
        {say('samples')}
      </Button>
      {send.error !== null && <Failure what={say('samplesFailed')} error={send.error} />}
    </>
  );
}

/** The server makes the calls, as it does for the form of a person; only the mistake of the last one is made here. */
async function samplesOf(company: string): Promise<readonly OwnCallBody[]> {
  const params = { key: company };
  // Without a filter, as that would make an index of the whole company.
  const { employees } = await api('employees.list', { params, query: { limit: 100 } });
  const [person, other] = employees.filter(({ mobile, status }) => mobile !== null && status === 'regular');
  if (person === undefined || other?.mobile === null || other === undefined) return [];
  const check = (changes: Edits): Promise<EditCheck> =>
    api('employees.check', { params: { ...params, id: person.id }, body: { changes } });
  const { job_titles: titles } = await check({});
  const title = titles.find(({ id }) => id !== person.job_title?.id);
  const [applied, refused] = await Promise.all([
    check(title === undefined ? { note: 'Mingce' } : { job_title: title.id }),
    check({ mobile: other.mobile }),
  ]);
  const of = ({ platforms }: EditCheck, name: string): OwnCallBody | null =>
    platforms.find(({ platform }) => platform === name)?.call ?? null;
  const lost = of(refused, 'wecom');
  return [
    of(applied, 'feishu'),
    of(refused, 'feishu'),
    lost === null ? null : underWrongKey(lost, person.mobile),
  ].filter((call) => call !== null);
}

/** The same call with the number as a text, which the platform passes over: it empties the field and answers success. */
function underWrongKey(call: OwnCallBody, mobile: string | null): OwnCallBody {
  const body = JSON.parse(JSON.stringify(call.body)) as { update_items?: { fieldid: number }[] };
  const items = (body.update_items ?? []).map(({ fieldid }) => ({ fieldid, value_string: mobile ?? '' }));
  return { ...call, body: { ...body, update_items: items } };
}
