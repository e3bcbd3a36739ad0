import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { filled } from './filled.ts';

/** The languages of the console. */
export type Language = 'zh' | 'en';

/** A sentence in both languages. */
export interface Both {
  readonly zh: string;
  readonly en: string;
}

interface LanguageChoice {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const Chosen = createContext<LanguageChoice>({ language: 'zh', choose: () => undefined });

/** Gives the pages the chosen language. */
export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => (document.documentElement.lang === 'en' ? 'en' : 'zh'));
  const chosen = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        localStorage.setItem('mingce.language', next);
        document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN';
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Chosen value={chosen}>{children}</Chosen>;
}

/** Returns the chosen language, and how to choose another. */
export function useLanguage(): LanguageChoice {
  return useContext(Chosen);
}

/** Words by their names, each in both languages: a missing one does not compile. */
export type Words = Readonly<Record<string, Both>>;

/**
 * Says a sentence; `{name}` in it is the value of that name, and `{name|call|calls}` the word that goes with it: the first where
 * it is one.
 */
export type Say<Known extends Words> = (
  name: keyof Known,
  values?: Readonly<Record<string, string | number>>,
) => string;

/** Returns how a page says its words in the chosen language. */
export function useWords<Known extends Words>(words: Known): Say<Known> {
  const { language } = useLanguage();
  return useMemo(
    () => (name, values) => {
      // Every name of `Known` is in the table.
      const text = (words[name as string] as Both)[language];
      return values === undefined ? text : filled(text, values);
    },
    [words, language],
  );
}
