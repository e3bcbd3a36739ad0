import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { accessibilityFaults, addChineseFace, openBrowser, visit } from '../support/browser.ts';
import { LOOKS } from './every-page.ts';

let mingce: Mingce;
let browser: Browser;
beforeAll(async () => {
  mingce = await startMingce({ demo: true, log: silentLog });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await mingce.close();
});

test.each(LOOKS)('a table is uploaded, checked, applied and taken back, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page, complaints } = visitor;
  const isZh = look.language === 'zh';
  await page.goto(`${mingce.url}/console/c/demo/imports`);
  await page.getByLabel(isZh ? '选择 CSV 或 Excel 文件' : 'Choose a CSV or Excel file').setInputFiles({
    name: '入职 <img onerror=alert(1)>.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      '姓名,手机,工号,部门,入职,手机号码吗\n王强,13800019991,00012,后端组,45352,x\n' +
        '李芳,13800010011,00013,前端组,45352,\n赵云,13800019993,00014,华东二区,45352,\n',
    ),
  });
  await page.getByText('45352 = 2024-03-01').waitFor();
  await page.getByRole('button', { name: isZh ? '检查' : 'Check', exact: true }).click();
  await page.getByText('2221103').waitFor();
  await page.getByText(isZh ? '部门「华东二区」不存在。' : 'There is no department 华东二区.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const pictures = process.env['MINGCE_PICTURES'];
  if (pictures !== undefined) {
    await addChineseFace(page);
    await page.screenshot({ path: `${pictures}/import-${look.language}.png`, fullPage: true });
  }
  await page.getByRole('button', { name: isZh ? '应用 1 行' : 'Apply 1 rows' }).click();
  await page.getByText(isZh ? '已写入 1 行，失败 0 行' : '1 rows written, 0 failed').waitFor();
  await page.getByRole('button', { name: isZh ? '撤销整个导入' : 'Take all of it back' }).click();
  await page.getByText(isZh ? '已撤销。' : 'Taken back.').waitFor();
  expect(complaints).toEqual([]);
});
