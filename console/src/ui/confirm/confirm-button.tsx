import { Button } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';

const words = {
  cancel: { zh: '取消', en: 'Cancel' },
  readOnly: { zh: '只读密钥不能更改', en: 'A read-only key cannot change anything' },
} as const;

/**
 * A button for what cannot be undone: it turns in place into a question, with the focus on its "no". Once that is answered the
 * button has the focus again; Escape is a no, too.
 */
export function ConfirmButton({
  children,
  ask,
  confirm,
  act,
  disabled = false,
  isMain = false,
}: {
  readonly children: ReactNode;
  readonly ask: string;
  readonly confirm: string;
  readonly act: () => Promise<void>;
  readonly disabled?: boolean;
  /** Whether it is what the page is there for. */
  readonly isMain?: boolean;
}): ReactNode {
  const say = useWords(words);
  const [isAsking, setAsking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (!isAsking && wasAsked.current) button.current?.focus();
    wasAsked.current = isAsking;
  }, [isAsking]);
  if (!isAsking) {
    return (
      <Button
        ref={button}
        type={isMain ? 'primary' : 'default'}
        disabled={disabled}
        title={disabled ? say('readOnly') : undefined}
        onClick={() => {
          setAsking(true);
        }}
      >
        {children}
      </Button>
    );
  }
  return (
    <span
      className="row"
      role="group"
      aria-label={ask}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setAsking(false);
      }}
    >
      <span>{ask}</span>
      <Button
        danger
        type="primary"
        onClick={() => {
          setAsking(false);
          void act();
        }}
      >
        {confirm}
      </Button>
      <Button
        autoFocus
        onClick={() => {
          setAsking(false);
        }}
      >
        {say('cancel')}
      </Button>
    </span>
  );
}
