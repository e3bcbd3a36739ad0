import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { choicesAt, type Schema } from '../../console/src/pages/file/editor/schema-choices.ts';
import { placeAt } from '../../console/src/pages/file/editor/schema-place.ts';
import { companyFileSchema } from '../../src/company/schema.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, addChineseFace, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { LOOKS } from './every-page.ts';

/* The editor of company files: what it offers, and what it shows where the file is wrong. */

let mingce: Mingce;
let browser: Browser;
beforeAll(async () => {
  mingce = await serveConsole({ demo: true });
  browser = await sharedBrowser();
});
afterAll(async () => {
  await mingce.close();
});

// The published schema, as the page gets it.
const schema = JSON.parse(JSON.stringify(companyFileSchema(dialects))) as Schema;

function offered(text: string): readonly string[] {
  const place = placeAt(text);
  return place === null ? [] : choicesAt(schema, place).map(({ label }) => label);
}

test('what the schema allows is offered where it is allowed: members, values, and below alternatives', () => {
  expect(offered('')).toEqual(expect.arrayContaining(['mingce', 'feishu', 'wecom', 'hose', 'employees']));
  expect(offered('employees:\n  - { id: a, ')).toEqual(expect.arrayContaining(['name', 'mobile', 'leader', 'status']));
  expect(offered('employees:\n  - { id: a, ')).not.toContain('id');
  expect(offered('employees:\n  - id: a\n    status: ')).toEqual(expect.arrayContaining(['regular', 'resigned']));
  expect(offered('employees:\n  - id: a\n    name: { ')).toEqual(['value', 'i18n']);
  expect(offered('feishu:\n  apps:\n    - app_id: x\n      ')).toEqual(
    expect.arrayContaining(['app_secret', 'scopes']),
  );
  expect(offered('state: ')).toEqual(['in_use', 'dissolved']);
  expect(offered('nothing:\n  such: { ')).toEqual([]);
});

test.each(LOOKS)(
  'a company file is completed as it is typed, and a mistake is at its line, in $language',
  async (look) => {
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    const isZh = look.language === 'zh';
    const say = (zh: string, en: string): string => (isZh ? zh : en);
    const picture = async (name: string): Promise<void> => {
      const pictures = process.env['MINGCE_PICTURES'];
      if (pictures === undefined) return;
      await addChineseFace(page);
      await page.screenshot({ path: `${pictures}/editor-${name}-${look.language}.png` });
    };
    await page.goto(`${mingce.url}/console/c/demo/file`);
    const file = page.getByRole('textbox', { name: say('公司文件', 'Company file') });
    await file.waitFor();
    await picture('whole');
    expect(await accessibilityFaults(page)).toEqual([]);
    await file.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('mingce: 1\nkey: demo\nname: 恒达科技\nsta');
    await page.keyboard.press('Alt+/');
    const offer = page.getByRole('option', { name: /^state/ });
    await offer.waitFor();
    await page.getByText(say('已解散的公司仍保留', 'A dissolved company is kept')).waitFor();
    await picture('offer');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByText('state:').waitFor();
    await page.keyboard.press('Control+Space');
    await page.getByRole('option', { name: 'dissolved' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.insertText('in_use\ndepartmnts: []\n');
    // The server says what is wrong without being asked to plan.
    await page.locator('.cm-lint-marker-error').waitFor();
    await page.getByRole('alert').getByText(say('你是否想写 departments', 'Did you mean departments')).waitFor();
    await page.locator('.cm-lintRange-error', { hasText: 'departmnts' }).waitFor();
    await picture('mistake');
    expect(await accessibilityFaults(page)).toEqual([]);
    // Its styles are sheets that its shadow root adopts; the policy would stop an element with styles.
    const adopted = `(() => {
      const { shadowRoot } = [...document.querySelectorAll('main *')].find((one) => one.shadowRoot !== null);
      const gutters = getComputedStyle(shadowRoot.querySelector('.cm-gutters'));
      return [shadowRoot.adoptedStyleSheets.length > 0, shadowRoot.querySelectorAll('style').length, gutters.borderRightWidth];
    })()`;
    expect(await page.evaluate(adopted)).toEqual([true, 0, '1px']);
    expect(complaints).toEqual([]);
  },
);
