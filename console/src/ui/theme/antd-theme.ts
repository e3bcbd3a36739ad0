import { theme, type ThemeConfig } from 'antd';

/** The themes of the console. */
export type ThemeName = 'light' | 'dark';

const COLOURS = {
  light: {
    primary: '#1456F0',
    danger: '#C22A1E',
    text: '#1F2329',
    border: '#8A9099',
    placeholder: '#646A73',
    disabled: '#7A818A',
    page: '#F5F6F7',
    surface: '#FFFFFF',
  },
  dark: {
    primary: '#2F66E8',
    danger: '#C22A1E',
    text: '#E8EAED',
    border: '#6B727C',
    placeholder: '#9BA1AA',
    disabled: '#8A9099',
    page: '#121316',
    surface: '#1B1D21',
  },
} as const;

/** Returns the settings of Ant Design for a theme; the style sheet is generated from the same. */
export function antdTheme(name: ThemeName): ThemeConfig {
  const colours = COLOURS[name];
  return {
    hashed: false,
    cssVar: { key: name === 'light' ? 'mingce' : 'mingce-dark' },
    algorithm: name === 'light' ? theme.defaultAlgorithm : theme.darkAlgorithm,
    token: {
      colorPrimary: colours.primary,
      colorError: colours.danger,
      colorTextBase: colours.text,
      colorBgBase: colours.surface,
      colorBgLayout: colours.page,
      colorBorder: colours.border,
      colorTextPlaceholder: colours.placeholder,
      colorTextDisabled: colours.disabled,
      borderRadius: 6,
      fontSize: 14,
      motion: false,
      fontFamily: 'var(--font)',
      fontFamilyCode: 'var(--font-code)',
    },
  };
}
