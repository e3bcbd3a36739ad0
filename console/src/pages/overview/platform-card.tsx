import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PlatformCard as Card } from '../../../../src/http/admin/contract.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { useWords } from '../../words/language.tsx';
import { overviewWords } from './words.ts';

/** How one platform is reached: address, credentials of its first app, and the lines for each language. */
export function PlatformCard({ platform }: { readonly platform: Card }): ReactNode {
  const say = useWords(overviewWords);
  const app = platform.apps.find(({ enabled }) => enabled) ?? platform.apps[0];
  return (
    <section className="card stack-tight">
      <h2>
        <Platform name={platform.name} />
      </h2>
      <p className="small quiet">{say('served', { same: platform.same, partial: platform.partial })}</p>
      <dl className="credentials">
        <Credential name={say('address')} value={platform.base_url} />
        {app !== undefined &&
          Object.entries(app.credentials)
            .filter(([, value]) => value !== platform.base_url)
            .map(([name, value]) => (
              <Credential key={name} name={name} value={value} isSecret={/secret|security/i.test(name)} />
            ))}
      </dl>
      {app === undefined ? (
        <p className="small quiet">{say('noApp')}</p>
      ) : (
        <div className="row wrap">
          {Object.entries(app.snippets).map(([language, text]) => (
            <CopyButton key={language} text={text} label={language} of={`${platform.title.en} ${language}`} />
          ))}
        </div>
      )}
    </section>
  );
}

function Credential({
  name,
  value,
  isSecret = false,
}: {
  readonly name: string;
  readonly value: string | null;
  readonly isSecret?: boolean;
}): ReactNode {
  const say = useWords(overviewWords);
  const [isShown, setShown] = useState(!isSecret);
  return (
    <div>
      <dt className="small quiet">{name}</dt>
      <dd className="row">
        {value === null ? (
          <span className="quiet">{say('notShown')}</span>
        ) : (
          <>
            <span className="code clip grow" title={isShown ? value : undefined}>
              {isShown ? value : <span aria-label={say('hidden')}>••••••••</span>}
            </span>
            {isSecret && (
              <Button
                size="small"
                type="text"
                aria-label={`${say(isShown ? 'hide' : 'show')} ${name}`}
                onClick={() => {
                  setShown(!isShown);
                }}
              >
                {say(isShown ? 'hide' : 'show')}
              </Button>
            )}
            <CopyButton text={value} of={name} />
          </>
        )}
      </dd>
    </div>
  );
}
