import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';
import { renamed, SECOND, type NamedText } from './part.ts';
import { catalogueWords } from './words.ts';

/** A name and its English form, to be changed in place. */
export function Rename({
  text,
  canSave,
  save,
  cancel,
}: {
  readonly text: NamedText;
  readonly canSave: boolean;
  readonly save: (name: string | NamedText) => Promise<void>;
  readonly cancel: () => void;
}): ReactNode {
  const say = useWords(catalogueWords);
  const [value, setValue] = useState(text.value);
  const [second, setSecond] = useState(text.i18n[SECOND] ?? '');
  return (
    <form
      className="row wrap"
      onSubmit={(event) => {
        event.preventDefault();
        void save(renamed(text, value, second));
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') cancel();
      }}
    >
      <Input
        autoFocus
        className="catalogues-input"
        aria-label={say('name')}
        value={value}
        onChange={({ target }) => {
          setValue(target.value);
        }}
      />
      <Input
        className="catalogues-input"
        aria-label={say('second')}
        placeholder={say('second')}
        value={second}
        onChange={({ target }) => {
          setSecond(target.value);
        }}
      />
      <Button type="primary" htmlType="submit" disabled={!canSave || value === ''}>
        {say('save')}
      </Button>
      <Button onClick={cancel}>{say('cancel')}</Button>
    </form>
  );
}
