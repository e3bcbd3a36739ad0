import { useState, type ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';
import { importWords } from './words.ts';

/** Takes a table that is chosen, or dropped onto the field. */
export function FileDrop({ take }: { readonly take: (file: File) => void }): ReactNode {
  const say = useWords(importWords);
  const [isOver, setOver] = useState(false);
  return (
    <label
      className={isOver ? 'import-file import-file-over' : 'import-file'}
      onDragOver={(event) => {
        // Without it the browser opens the file instead of the page.
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) take(file);
      }}
    >
      <span>{say('choose')}</span>
      <input
        type="file"
        accept=".csv,.txt,.xlsx"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) take(file);
          target.value = '';
        }}
      />
      <span className="quiet">{say(isOver ? 'dropNow' : 'drop')}</span>
    </label>
  );
}
