import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';

const words = {
  nearest: { zh: '改动最小的可行请求：{text}', en: 'Nearest request that passes: {text}' },
  meant: { zh: '这样写才会生效：{text}', en: 'Written so it has an effect: {text}' },
  send: { zh: '按此发送', en: 'Send this version' },
} as const;

/** What makes a refused call pass, and the one click that sends it so. */
export function NearestBand({
  text,
  send,
  disabled,
  isAccepted = false,
}: {
  readonly text: string;
  /** Whether the call was accepted, and part of it had no effect. */
  readonly isAccepted?: boolean;
  /** Null where no call alone passes. */
  readonly send: (() => void) | null;
  readonly disabled: boolean;
}): ReactNode {
  const say = useWords(words);
  return (
    <div className="band verdict-good row wrap">
      <span className="grow">{say(isAccepted ? 'meant' : 'nearest', { text })}</span>
      {send !== null && (
        <Button size="small" disabled={disabled} onClick={send}>
          {say('send')}
        </Button>
      )}
    </div>
  );
}
