import { Button, Input, Switch } from 'antd';
import { useState, type ReactNode } from 'react';
import { visible } from '../../ui/code/visible.ts';
import { useWords } from '../../words/language.tsx';
import type { Option } from './part.ts';
import { catalogueWords } from './words.ts';

/** The options of a field: each may be switched off, and more may be added. */
export function Options({
  name,
  options,
  canChange,
  edit,
}: {
  readonly name: string;
  readonly options: readonly Option[];
  readonly canChange: boolean;
  readonly edit: (body: object) => Promise<boolean>;
}): ReactNode {
  const say = useWords(catalogueWords);
  const [draft, setDraft] = useState('');
  const add = async (): Promise<void> => {
    const ids = new Set(options.map(({ id }) => id));
    let number = options.length + 1;
    while (ids.has(`o-${String(number)}`)) number += 1;
    if (await edit({ options: [...options, { id: `o-${String(number)}`, name: draft }] })) setDraft('');
  };
  return (
    <details>
      <summary className="small">
        {say('options')} {options.length}
      </summary>
      <ul className="stack-tight">
        {options.map((option) => {
          const label = visible(typeof option.name === 'string' ? option.name : option.name.value);
          return (
            <li key={option.id} className="row">
              <Switch
                size="small"
                aria-label={say('switchOf', { name: `${name} ${label}` })}
                checked={option.enabled !== false}
                disabled={!canChange}
                onChange={(enabled) => {
                  void edit({ options: options.map((one) => (one === option ? { ...one, enabled } : one)) });
                }}
              />
              {label}
            </li>
          );
        })}
      </ul>
      <form
        className="row wrap"
        onSubmit={(event) => {
          event.preventDefault();
          if (draft !== '') void add();
        }}
      >
        <Input
          className="catalogues-input"
          aria-label={`${name} ${say('option')}`}
          placeholder={say('option')}
          disabled={!canChange}
          value={draft}
          onChange={({ target }) => {
            setDraft(target.value);
          }}
        />
        <Button htmlType="submit" disabled={!canChange || draft === ''}>
          {say('addOption')}
        </Button>
      </form>
    </details>
  );
}
