import { StyleProvider } from '@ant-design/cssinjs';
import { ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { useLanguage } from '../../words/language.tsx';
import { antdTheme, type ThemeName } from './antd-theme.ts';

interface ThemeChoice {
  readonly theme: ThemeName;
  readonly choose: (theme: ThemeName) => void;
}

const Chosen = createContext<ThemeChoice>({ theme: 'light', choose: () => undefined });

/** Where Ant Design may put the styles that the page has already, as a file. */
const nowhere = document.createElement('div');

const overlays = (): HTMLElement => document.getElementById('overlays') ?? document.body;

/** Gives the pages the chosen theme, and Ant Design its words. */
export function ThemeProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { language } = useLanguage();
  const [theme, setTheme] = useState<ThemeName>(() =>
    document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light',
  );
  const chosen = useMemo(
    () => ({
      theme,
      choose: (next: ThemeName) => {
        localStorage.setItem('mingce.theme', next);
        document.documentElement.dataset['theme'] = next;
        setTheme(next);
      },
    }),
    [theme],
  );
  return (
    <Chosen value={chosen}>
      <StyleProvider container={nowhere}>
        <ConfigProvider
          theme={{ ...antdTheme(theme), zeroRuntime: true }}
          locale={language === 'en' ? en : zh}
          getPopupContainer={overlays}
          button={{ autoInsertSpace: false }}
        >
          {children}
        </ConfigProvider>
      </StyleProvider>
    </Chosen>
  );
}

/** Returns the chosen theme, and how to choose another. */
export function useTheme(): ThemeChoice {
  return useContext(Chosen);
}
