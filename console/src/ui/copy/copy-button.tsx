import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';

const words = { copy: { zh: '复制', en: 'Copy' }, copied: { zh: '已复制', en: 'Copied' } } as const;

/** So long the button says that it copied. */
const SAYS_MS = 2_000;

/** Copies a text, or what is fetched when it is pressed. */
export function CopyButton({
  text,
  label,
  of,
}: {
  readonly text: string | (() => Promise<string>);
  /** Shown beside the icon. */
  readonly label?: string;
  /** What is copied, for those who do not see where the button is. */
  readonly of?: string;
}): ReactNode {
  const say = useWords(words);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timeout = setTimeout(() => {
      setCopied(false);
    }, SAYS_MS);
    return () => {
      clearTimeout(timeout);
    };
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
    setCopied(true);
  };
  const name = `${say('copy')} ${of ?? label ?? ''}`.trim();
  return (
    <Button
      size="small"
      type={label === undefined ? 'text' : 'default'}
      aria-label={isCopied ? say('copied') : name}
      icon={isCopied ? <CheckOutlined /> : <CopyOutlined />}
      onClick={() => void copy()}
    >
      {label === undefined ? undefined : isCopied ? say('copied') : label}
    </Button>
  );
}
