import { useCallback, type ReactNode } from 'react';
import { useLanguage, type Both } from '../../words/language.tsx';
import './platform.css';

const PLATFORMS: Readonly<Record<string, { readonly letter: Both; readonly name: Both }>> = {
  feishu: { letter: { zh: '飞', en: 'F' }, name: { zh: '飞书', en: 'Feishu' } },
  wecom: { letter: { zh: '企', en: 'W' }, name: { zh: '企业微信', en: 'WeCom' } },
  hose: { letter: { zh: '合', en: 'H' }, name: { zh: '合思', en: 'Hose' } },
  import: { letter: { zh: '表', en: 'T' }, name: { zh: '表格导入', en: 'table' } },
  'company-file': { letter: { zh: '文', en: 'C' }, name: { zh: '公司文件', en: 'company file' } },
  admin: { letter: { zh: '管', en: 'A' }, name: { zh: '管理接口', en: 'admin API' } },
};

/** Returns how people call a platform, or what else makes changes. */
export function usePlatformName(): (platform: string) => string {
  const { language } = useLanguage();
  return useCallback((platform: string) => PLATFORMS[platform]?.name[language] ?? platform, [language]);
}

/** The letter badge of a platform, with its name unless only the letter is wanted. */
export function Platform({ name, letterOnly }: { readonly name: string; readonly letterOnly?: boolean }): ReactNode {
  const { language } = useLanguage();
  const known = PLATFORMS[name];
  const word = known?.name[language] ?? name;
  return (
    <span className="platform" title={letterOnly === true ? word : undefined}>
      <span aria-hidden="true" className="platform-letter">
        {known?.letter[language] ?? name.slice(0, 1).toUpperCase()}
      </span>
      {letterOnly === true ? <span className="only-read">{word}</span> : word}
    </span>
  );
}
