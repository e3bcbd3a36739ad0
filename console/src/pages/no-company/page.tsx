import type { ReactNode } from 'react';
import { Empty } from '../../ui/state/states.tsx';
import { useWords } from '../../words/language.tsx';

const words = {
  none: {
    zh: '还没有公司。在终端运行 mingce apply company.yaml 导入一个，然后重新载入本页。',
    en: 'No company yet. Run mingce apply company.yaml in a terminal, then reload this page.',
  },
} as const;

/** What the console shows while there is no company. */
export function NoCompanyPage(): ReactNode {
  const say = useWords(words);
  return (
    <main className="page">
      <h1>名册 Mingce</h1>
      <Empty>{say('none')}</Empty>
    </main>
  );
}
