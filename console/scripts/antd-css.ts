// Writes `antd.css`: the rules of the components of Ant Design that the console uses, and the variables of both themes.
// The policy of the page allows no styles made while it runs. By itself it writes into `public`, for `npm run dev`.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { extractStyle } from '@ant-design/static-style-extract';
import { ConfigProvider } from 'antd';
import { createElement, type ReactElement } from 'react';
import { antdTheme, type ThemeName } from '../src/ui/theme/antd-theme.ts';

/** The components that the console uses, and what they show themselves; one that is missing has no style, which a test finds. */
export const COMPONENTS = ['Button', 'Checkbox', 'Empty', 'Input', 'Segmented', 'Select', 'Switch', 'Tree'];

/** Writes the style sheet into a folder of the console. */
export function writeStyles(folder: 'public' | 'dist'): void {
  const light = styleOf('light');
  const variables = [...styleOf('dark').matchAll(/[^{}]*\.mingce-dark[^{}]*\{[^{}]*\}/g)].map(([rule]) => rule);
  const file = fileURLToPath(new URL(`../${folder}/antd.css`, import.meta.url));
  writeFileSync(file, `${light}\n${variables.join('\n')}`);
}

function styleOf(name: ThemeName): string {
  const styled = extractStyle({
    includes: COMPONENTS,
    // Its types are of another React.
    customTheme: (node: ReactElement) => createElement(ConfigProvider, { theme: antdTheme(name) }, node),
  });
  return styled.replaceAll(/<style[^>]*>|<\/style>/g, '');
}

if (import.meta.main) writeStyles('public');
