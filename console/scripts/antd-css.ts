// Writes `antd.css`: the rules of the components of Ant Design that the console uses, and the variables of both themes.
// The policy of the page allows no styles made while it runs. By itself it writes into `public`, for `npm run dev`.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { extractStyle } from '@ant-design/static-style-extract';
import * as antd from 'antd';
import { createElement, Fragment, type ReactElement } from 'react';
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

/** The tool shows `Input.Group` as well, which is deprecated and used nowhere. */
function PlainInput(props: antd.InputProps): ReactElement {
  return createElement(antd.Input, props);
}

function styleOf(name: ThemeName): string {
  const styled = extractStyle({
    includes: COMPONENTS,
    antdInstance: { ...antd, Input: Object.assign(PlainInput, antd.Input, { Group: Fragment }) },
    // Its types are of another React.
    customTheme: (node: ReactElement) => createElement(antd.ConfigProvider, { theme: antdTheme(name) }, node),
  });
  return styled.replaceAll(/<style[^>]*>|<\/style>/g, '');
}

if (import.meta.main) writeStyles('public');
