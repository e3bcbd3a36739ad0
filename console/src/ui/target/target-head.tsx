import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../words/language.tsx';
import { Platform } from '../platform/platform.tsx';
import './target.css';

const words = {
  pages: { zh: '平台对接', en: 'Live platform' },
  targets: { zh: '全部平台', en: 'All live platforms' },
  links: { zh: '对应关系', en: 'Links' },
  drift: { zh: '差异', en: 'Differences' },
  plans: { zh: '计划', en: 'Plans' },
} as const;

const PAGES = {
  links: '/c/$company/targets/$target/links',
  drift: '/c/$company/targets/$target/drift',
  plans: '/c/$company/targets/$target/plans',
} as const;

/** The pages of one live tenant, and the way back to all. */
export function TargetHead({ company, target }: { readonly company: string; readonly target: string }): ReactNode {
  const say = useWords(words);
  return (
    <nav className="row wrap target-head" aria-label={say('pages')}>
      <Link to="/c/$company/targets" params={{ company }}>
        ← {say('targets')}
      </Link>
      <Platform name={target} />
      {(['links', 'drift', 'plans'] as const).map((page) => (
        <Link
          key={page}
          to={PAGES[page]}
          params={{ company, target }}
          className="target-tab"
          activeOptions={{ includeSearch: false }}
        >
          {say(page)}
        </Link>
      ))}
    </nav>
  );
}
