import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { ReaderView } from '../../../../src/sandbox/views/contract.ts';
import { appsQuery } from '../../api/company-queries.ts';
import { visible } from '../../ui/code/visible.ts';
import { appKinds } from '../../ui/platform/app-kinds.ts';
import { useWords } from '../../words/language.tsx';
import { personWords } from './words.ts';

/** The ways of reading that have a word; the others are names of themselves. */
const ways = {
  hr: { zh: '人事接口', en: 'HR API' },
  contacts: { zh: '通讯录接口', en: 'Contacts API' },
  directory: { zh: '通讯录接口', en: 'Directory API' },
} as const;

/** A reader of a person, and what its choice of another app does. */
export interface ReaderProps {
  readonly company: string;
  readonly reader: ReaderView;
  readonly choose: (choice: string) => void;
}

/** Which app reads a person, in which way: in words first, then by the app's key. */
export function ReaderChoice({ company, reader: { platform, reader, app, choices }, choose }: ReaderProps): ReactNode {
  const say = useWords(personWords);
  const way = useWords(ways);
  const kind = useWords(appKinds);
  const apps = useQuery(appsQuery(company)).data?.apps ?? [];
  const labelOf = (choice: string): ReactNode => {
    const colon = choice.indexOf(':');
    const [name, key] = [choice.slice(0, colon), choice.slice(colon + 1)];
    const settings = apps.find((one) => one.platform === platform && one.app === key)?.settings;
    const own = settings?.['name'] ?? settings?.['kind'];
    const words = [
      isIn(ways, name) ? way(name) : name,
      ...(typeof own === 'string' ? [isIn(appKinds, own) ? kind(own) : visible(own)] : []),
    ];
    return (
      <>
        {words.join(' · ')} <span className="code small quiet">{visible(key)}</span>
      </>
    );
  };
  return (
    <Select
      size="small"
      className="person-choice"
      popupMatchSelectWidth={false}
      aria-label={`${say('readBy')} ${platform}`}
      value={`${reader}:${app ?? ''}`}
      options={choices.map((choice) => ({ value: choice, label: labelOf(choice) }))}
      onChange={choose}
    />
  );
}

function isIn<Known extends object>(words: Known, name: string): name is Extract<keyof Known, string> {
  return Object.hasOwn(words, name);
}
