import type { ReactNode } from 'react';
import { visible } from '../../ui/code/visible.ts';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { Time, useZone } from '../../ui/time/time.tsx';
import { useLanguage, useWords, type Both } from '../../words/language.tsx';
import { targetWords } from './words.ts';

/** What a probe keeps: the contract calls it unknown, as each release may keep more. */
interface Probe {
  readonly at: string;
  readonly checks: readonly {
    readonly what: string;
    readonly secret: string | null;
    readonly state: 'passed' | 'failed' | 'skipped';
    readonly detail: Both;
  }[];
  readonly fields: Readonly<Record<string, { readonly read: Can; readonly write: Can }>>;
}

interface Can {
  readonly can: 'yes' | 'no' | 'unproven';
  readonly why?: Both;
}

const SIGN = { passed: '✓', failed: '✕', skipped: '–' } as const;
const KIND = { passed: 'good', failed: 'bad', skipped: 'quiet' } as const;

/** What the last probe found: each check, and which field can be read and written. */
export function ProbeView({ company, probe }: { readonly company: string; readonly probe: unknown }): ReactNode {
  const say = useWords(targetWords);
  const { language } = useLanguage();
  const zone = useZone(company);
  const live = useLiveValues(company);
  const found = probeIn(probe);
  if (found === null)
    return (
      <p className="small quiet">
        {say('lastProbe')}: {say('never')}
      </p>
    );
  return (
    <details>
      <summary>
        {say('checks')} · <Time at={found.at} zone={zone} />
      </summary>
      <div className="stack">
        <ul className="stack-tight">
          {found.checks.map(({ what, secret, state, detail }) => (
            <li key={`${what} ${secret ?? ''}`}>
              <span className={`verdict verdict-${KIND[state]}`}>
                <span aria-hidden="true">{SIGN[state]}</span> {say(state === 'failed' ? 'check_failed' : state)}
              </span>{' '}
              <span className="code">{visible(secret === null ? what : `${what} · ${secret}`)}</span>{' '}
              {visible(detail[language])}
            </li>
          ))}
        </ul>
        <div className="target-wide">
          <table>
            <thead>
              <tr>
                {(['field', 'read', 'write'] as const).map((column) => (
                  <th key={column} scope="col">
                    {say(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Object.entries(found.fields).map(([field, { read, write }]) => (
                <tr key={field}>
                  <td className="target-word">{live.field(field)}</td>
                  {[read, write].map((one, at) => (
                    <td key={at === 0 ? 'read' : 'write'}>
                      {say(one.can)}{' '}
                      {one.why !== undefined && <span className="quiet">{visible(one.why[language])}</span>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </details>
  );
}

function probeIn(probe: unknown): Probe | null {
  if (typeof probe !== 'object' || probe === null) return null;
  if (!('at' in probe && 'checks' in probe && 'fields' in probe)) return null;
  // Kept by `keptProbe` of the server, member by member.
  const { fields, ...others } = probe as Probe;
  // For a read-only key the names of personal fields are masked with what is below them.
  const shown = Object.entries(fields).filter(([, { read, write }]) => isKnown(read) && isKnown(write));
  return { ...others, fields: Object.fromEntries(shown) };
}

function isKnown(finding: Partial<Can> | undefined): boolean {
  return finding?.can === 'yes' || finding?.can === 'no' || finding?.can === 'unproven';
}
