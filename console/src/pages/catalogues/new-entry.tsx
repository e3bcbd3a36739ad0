import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';
import { renamed } from './part.ts';
import { catalogueWords } from './words.ts';

const BLANK = { name: '', second: '', code: '' } as const;

/** A line that adds an entry to a list. */
export function NewEntry({
  list,
  canAdd,
  add,
}: {
  readonly list: string;
  readonly canAdd: boolean;
  readonly add: (body: object) => Promise<boolean>;
}): ReactNode {
  const say = useWords(catalogueWords);
  const [draft, setDraft] = useState<Readonly<Record<keyof typeof BLANK, string>>>(BLANK);
  const send = async (): Promise<void> => {
    const { name, second, code } = draft;
    const body = { name: renamed({ value: name, i18n: {} }, name, second), ...(code === '' ? {} : { code }) };
    if (await add(body)) setDraft(BLANK);
  };
  return (
    <form
      className="row wrap"
      aria-label={say('addTo', { list })}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.name !== '') void send();
      }}
    >
      {(['name', 'second', 'code'] as const).map((member) => (
        <Input
          key={member}
          className="catalogues-input"
          aria-label={say(member)}
          placeholder={say(member)}
          disabled={!canAdd}
          value={draft[member]}
          onChange={({ target }) => {
            setDraft({ ...draft, [member]: target.value });
          }}
        />
      ))}
      <Button type="primary" htmlType="submit" disabled={!canAdd || draft.name === ''}>
        {say('add')}
      </Button>
    </form>
  );
}
