import type { ReactNode } from 'react';
import { visible } from '../../ui/code/visible.ts';
import { useWords, type Say } from '../../words/language.tsx';
import { appWords } from './words.ts';

type SayApp = Say<typeof appWords>;

/** An app's scopes, ranges and permissions in words; what is as usual is not there. */
export function AppSettings({ settings }: { readonly settings: Readonly<Record<string, unknown>> }): ReactNode {
  const say = useWords(appWords);
  const rows = Object.entries(settings);
  if (rows.length === 0) return <p className="small quiet">{say('usual')}</p>;
  return (
    <dl className="apps-settings">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt className="small quiet">{wordOf(name, say)}</dt>
          <dd>{visible(name === 'kind' ? wordOf(String(value), say) : textOf(value, say))}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the page has no word for keeps the name that the company file has. */
function wordOf(name: string, say: SayApp): string {
  return Object.hasOwn(appWords, name) ? say(name as keyof typeof appWords) : name;
}

function textOf(value: unknown, say: SayApp): string {
  if (value === 'all') return say('all');
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((one) => textOf(one, say)).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([, inner]) => !(Array.isArray(inner) && inner.length === 0))
    .map(([name, inner]) => `${wordOf(name, say)} ${textOf(inner, say)}`)
    .join(' · ');
}
