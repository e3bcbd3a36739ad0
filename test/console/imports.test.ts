import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, addChineseFace, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { workbookOf } from '../support/workbook-of.ts';
import { LOOKS } from './every-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});

/** Drops a file onto the page, as a pointer does. */
async function drop(page: Page, label: string, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    `(() => { const files = new DataTransfer();
      files.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'text/csv' })); return files; })()`,
  );
  const field = page.locator('.import-file', { hasText: label });
  await field.dispatchEvent('dragover', { dataTransfer: files });
  await field.dispatchEvent('drop', { dataTransfer: files });
}

// Each language beside the other; its own tests leave their page to each other.
describe.concurrent.each(LOOKS)('in $language', (look) => {
  const say = (zh: string, en: string): string => (look.language === 'zh' ? zh : en);

  describe('a table', { concurrent: false }, () => {
    let mingce: Mingce;
    beforeAll(async () => {
      mingce = await serveConsole({ demo: true }, look.language);
    });
    afterAll(async () => {
      await mingce.close();
    });

    test('joiners are dropped as a file, checked, mended in place, downloaded where they fail, applied, and taken back', async () => {
      await using visitor = await visit(browser, look, mingce);
      const { page, complaints } = visitor;
      page.on('dialog', (dialog) => complaints.push(`a script ran: ${dialog.message()}`));
      await page.goto(`${mingce.url}/console/c/demo`);
      await page.getByRole('link', { name: say('导入导出', 'Import & export') }).click();
      await page.getByLabel(say('选择 CSV 或 Excel 文件', 'Choose a CSV or Excel file')).waitFor();
      await drop(
        page,
        say('选择 CSV 或 Excel 文件', 'Choose a CSV or Excel file'),
        '入职 <img src=x onerror=alert(1)>\u202E.csv',
        '姓名,手机,工号,部门,入职,手机号码吗\n王强,13800019991,00012,后端组,45352,x\n' +
          '李芳,13800010011,00013,前端组,45352,\n赵云,13800019993,00014,后端租,45352,\n' +
          `<script>alert(2)</script>,13800019995,00015,后端租,45352,\n${'W'.repeat(300)},13800019996,00016,市场部,45352,\n`,
      );
      await page.getByText('45352 = 2024-03-01').waitFor();
      await page.getByText('⟦U+202E⟧').first().waitFor();
      await page.getByRole('button', { name: say('检查', 'Check'), exact: true }).click();
      expect(await page.getByRole('link', { name: '2221103' }).getAttribute('href')).toContain(
        '/errors/feishu/2221103',
      );
      await page.getByText(say('部门「后端租」不存在。', 'There is no department 后端租.')).first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      const pictures = process.env['MINGCE_PICTURES'];
      if (pictures !== undefined) {
        await addChineseFace(page);
        await page.screenshot({ path: `${pictures}/import-${look.language}.png`, fullPage: true });
      }
      // A long name pushes no verdict out of view, and which rows are shown is in the address.
      const table = page.getByRole('table').filter({ hasText: '2221103' });
      const [box, place] = await Promise.all([
        table.boundingBox(),
        page.locator('.import-scroll').last().boundingBox(),
      ]);
      expect(box?.width).toBeLessThanOrEqual(place?.width ?? 0);
      await page.locator('.ant-segmented-item', { hasText: say('拒绝', 'Refused') }).click();
      await page.waitForURL('**state=refused');
      await page.reload();
      await page.getByRole('rowheader', { name: '李芳' }).waitFor();
      expect(await page.getByRole('rowheader', { name: '王强' }).count()).toBe(0);
      await page.locator('.ant-segmented-item', { hasText: say('全部', 'All') }).click();
      await page
        .getByRole('button', { name: say('对所有「后端租」都改为 后端组', 'Use 后端组 for every 后端租') })
        .first()
        .click();
      await page.getByRole('button', { name: say('导入 3 行', 'Import 3 rows') }).waitFor();
      // What was checked is still there when the page is loaded again.
      await page.reload();
      await page.getByRole('button', { name: say('修改第 3 行', 'Fix row 3') }).click();
      const row = page.getByRole('form', { name: say('修改第 3 行', 'Fix row 3') });
      expect(await accessibilityFaults(page)).toEqual([]);
      await row.getByRole('textbox', { name: '姓名' }).fill('李芳芳');
      await row.getByRole('button', { name: say('保存并重新检查', 'Save and check again') }).click();
      await page.getByRole('rowheader', { name: '李芳芳' }).waitFor();
      const download = page.getByRole('link', { name: /未通过|failed/i });
      const href = (await download.getAttribute('href')) ?? '';
      const failed = await page.evaluate(
        `fetch(${JSON.stringify(href)}).then((answer) => [answer.status, answer.headers.get('content-disposition')])`,
      );
      expect(failed).toEqual([200, expect.stringMatching(/^attachment; filename="demo-failed.*\.xlsx"$/)]);
      await page.getByRole('button', { name: say('导入 3 行', 'Import 3 rows') }).click();
      await page.getByText(say('已写入 3 行，失败 0 行', '3 rows written, 0 failed')).waitFor();
      await page.getByRole('button', { name: say('撤销整个导入', 'Take all of it back') }).click();
      await page.getByText(say('已撤销。', 'Taken back.')).waitFor();
      expect(await page.locator('main img, main script').count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    test('a workbook names the sheet that is read, lets another be chosen, and says what becomes of hidden rows', async () => {
      await using visitor = await visit(browser, look, mingce);
      const { page, complaints } = visitor;
      const header = ['姓名', '手机', '工号'];
      const people = ['1', '2', '3'].map((last) => [`新人${last}`, `1380001999${last}`, `0007${last}`]);
      const book = workbookOf([
        { name: '在职', rows: [header, ['王强', '13800019981', '00081']] },
        { name: '试用', rows: [header, ...people], hidden: [3] },
      ]);
      await page.goto(`${mingce.url}/console/c/demo/imports`);
      await page
        .locator('.import-file input')
        .setInputFiles({ name: `book-${look.language}.xlsx`, mimeType: 'application/octet-stream', buffer: book });
      await page
        .getByText(say('以下工作表有内容，但不会读取：试用', 'Another one with content is not: 试用'))
        .waitFor();
      await page.getByRole('combobox', { name: say('工作表', 'Sheet') }).click();
      await page.locator('.ant-select-item-option', { hasText: '试用' }).click();
      await page
        .getByText(say('以下工作表有内容，但不会读取：在职', 'Another one with content is not: 在职'))
        .waitFor();
      await page.getByRole('button', { name: say('检查', 'Check'), exact: true }).click();
      await page.getByRole('button', { name: say('导入 3 行', 'Import 3 rows') }).waitFor();
      await page.getByText(say('有 1 行在 Excel 中被隐藏', '1 row is hidden in Excel')).waitFor();
      // The mark of a hidden row is below its number, and its letters stay together.
      const mark = page
        .getByRole('cell', { name: say('3 隐藏', '3 hidden'), exact: true })
        .getByText(say('隐藏', 'hidden'));
      expect((await mark.boundingBox())?.height).toBeLessThan(30);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.getByRole('checkbox', { name: say('跳过隐藏行', 'Leave out hidden rows') }).click();
      await page.getByRole('button', { name: say('导入 2 行', 'Import 2 rows') }).waitFor();
      const skipped = page.getByText(say('已跳过在 Excel 中隐藏的 1 行', '1 row hidden in Excel is left out'));
      await skipped.waitFor();
      // What was chosen is no warning.
      expect(await skipped.getAttribute('class')).toBe('quiet');
      // What is refused is said in the reader's language.
      await page
        .locator('.import-file input')
        .setInputFiles({ name: 'page.xls', mimeType: 'text/html', buffer: Buffer.from('<html><table></table>') });
      await page.getByText(say('请用 Excel 打开，另存为 .xlsx', 'open it in Excel, and save it as .xlsx')).waitFor();
      const pictures = process.env['MINGCE_PICTURES'];
      if (pictures !== undefined) {
        await addChineseFace(page);
        await page.screenshot({ path: `${pictures}/workbook-${look.language}.png`, fullPage: true });
      }
      expect(complaints.filter((one) => !one.includes('422'))).toEqual([]);
    });
  });
});
