import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { departmentsQuery } from '../../api/people-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { PersonName } from '../../ui/people/person-name.tsx';
import { Several } from '../../ui/record/field-values.tsx';
import { useWords, type Say } from '../../words/language.tsx';
import { appWords } from './words.ts';

type SayApp = Say<typeof appWords>;

/** How ids in settings are shown, by the name of the setting: one that it lacks is shown as it is. */
type Named = Readonly<Record<string, (id: string) => ReactNode>>;

/** An app's scopes, ranges and permissions in words; what is as usual is not there. */
export function AppSettings({
  company,
  settings,
}: {
  readonly company: string;
  readonly settings: Readonly<Record<string, unknown>>;
}): ReactNode {
  const say = useWords(appWords);
  const named = useNamed(company);
  const rows = Object.entries(settings);
  if (rows.length === 0) return <p className="small quiet">{say('usual')}</p>;
  return (
    <dl className="apps-settings">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt className="small quiet">{wordOf(name, say)}</dt>
          <dd>{name === 'kind' ? visible(wordOf(String(value), say)) : shown(name, value, say, named)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Returns how departments and people are named, which Feishu's apps have by own ids and WeCom's by those of WeCom. */
function useNamed(company: string): Named {
  const { data } = useQuery(departmentsQuery(company));
  const name = (isIt: (one: { readonly id: string; readonly ids: Readonly<Record<string, string>> }) => boolean) =>
    data?.departments.find(isIt)?.name;
  return {
    departments: (id) => visible(name((one) => one.id === id) ?? id),
    department_ids: (id) => visible(name(({ ids }) => ids['wecom.id'] === id) ?? id),
    employees: (id) => <PersonName company={company} id={id} />,
  };
}

/** What the page has no word for keeps the name that the company file has. */
function wordOf(name: string, say: SayApp): string {
  return Object.hasOwn(appWords, name) ? say(name as keyof typeof appWords) : name;
}

/** Whether nothing is in a setting: a list without members, or an object of such lists. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.values(value).every(isEmpty);
}

function shown(name: string, value: unknown, say: SayApp, named: Named): ReactNode {
  if (value === 'all') return say('all');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (isEmpty(value)) return '–';
  if (Array.isArray(value)) return <Several values={value} show={(one) => shown(name, one, say, named)} />;
  if (typeof value !== 'object' || value === null) {
    const text = String(value);
    return Object.hasOwn(named, name) ? named[name]?.(text) : visible(text);
  }
  return Object.entries(value)
    .filter(([, inner]) => !isEmpty(inner))
    .map(([member, inner], at) => (
      <Fragment key={member}>
        {at > 0 && ' · '}
        {wordOf(member, say)} {shown(member, inner, say, named)}
      </Fragment>
    ));
}
