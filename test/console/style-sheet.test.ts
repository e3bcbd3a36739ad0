import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { COMPONENTS } from '../../console/scripts/antd-css.ts';

const sources = fileURLToPath(new URL('../../console/src/', import.meta.url));

/** What is imported of the library and has no look of its own. */
const WITHOUT_LOOK = new Set(['ConfigProvider', 'theme']);
/** A list to choose from shows this where nothing fits. */
const SHOWN_BY_OTHERS = ['Empty'];

test('the style sheet has the components that the pages use, and no others', () => {
  const used = new Set(SHOWN_BY_OTHERS);
  for (const file of globSync('**/*.{ts,tsx}', { cwd: sources })) {
    for (const [, names = ''] of readFileSync(join(sources, file), 'utf8').matchAll(
      /import \{([^}]*)\} from 'antd';/g,
    )) {
      for (const name of names.split(',').map((one) => one.trim())) {
        if (name !== '' && !name.startsWith('type ') && !WITHOUT_LOOK.has(name)) used.add(name);
      }
    }
  }
  expect(COMPONENTS.toSorted()).toEqual([...used].toSorted());
});
