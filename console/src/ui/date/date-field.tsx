import { CalendarOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef, type ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';
import './date-field.css';

const words = {
  choose: { zh: '选择{label}', en: 'Choose {label}' },
  example: { zh: '如 2024-03-01', en: 'e.g. 2024-03-01' },
} as const;

/**
 * A day as 2024-03-01, typed or chosen from the browser's calendar. A date field of the browser itself shows days as its own
 * language writes them, which is not the one of the page.
 */
export function DateField({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
}): ReactNode {
  const say = useWords(words);
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className="date-field">
      <Input
        aria-label={label}
        inputMode="numeric"
        placeholder={say('example')}
        value={value}
        onChange={({ target }) => {
          change(target.value);
        }}
      />
      <Button
        type="text"
        icon={<CalendarOutlined />}
        aria-label={say('choose', { label })}
        onClick={() => {
          calendar.current?.showPicker();
        }}
      />
      <input
        ref={calendar}
        type="date"
        className="date-field-calendar"
        tabIndex={-1}
        aria-hidden="true"
        value={/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''}
        onChange={({ target }) => {
          change(target.value);
        }}
      />
    </span>
  );
}
