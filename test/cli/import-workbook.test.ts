import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandsOn, serveProgram, type Serving } from '../support/program.ts';
import { workbookOf } from '../support/workbook-of.ts';

const FILE = `mingce: 1
key: acme
name: Acme
departments:
  - { id: root, name: Acme }
`;

let server: Serving;
const folder = mkdtempSync(join(tmpdir(), 'mingce-workbooks-'));
const run = (args: readonly string[], input?: string): ReturnType<ReturnType<typeof commandsOn>> =>
  commandsOn(server, 'sesame')(args, input);
beforeAll(async () => {
  server = await serveProgram(['--store', 'sqlite::memory:', '--no-demo'], { MINGCE_ADMIN_KEY: 'sesame' });
  await run(['apply', '-'], FILE);
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const HEADER = ['姓名', '手机', '工号'];

test('a plan names the sheet that is read and those that are not, and says what becomes of hidden rows', async () => {
  const book = file(
    'book.xlsx',
    workbookOf([
      { name: '在职', rows: [HEADER, ['王强', '13800019991', '00071'], ['李芳', '13800019992', '00072']], hidden: [3] },
      { name: '试用', rows: [HEADER, ['赵云', '13800019993', '00073']] },
    ]),
  );
  const first = await run(['import', book, '--plan']);
  expect(first.stdout).toContain('sheet 工作表: 在职');
  expect(first.stdout).toMatch(/not read 未读取: 试用; .*--sheet/);
  expect(first.stdout).toMatch(/1 hidden row among them; .*--skip-hidden/);
  const second = await run(['import', book, '--plan', '--sheet', '试用', '--json']);
  expect(JSON.parse(second.stdout)).toMatchObject({ sheet: '试用', counts: { add: 1, hidden: 0 } });
  const shown = await run(['import', book, '--plan', '--skip-hidden']);
  expect(shown.stdout).toMatch(/1 row 行: add 新增 1/);
  expect(shown.stdout).toContain('1 hidden row left out 已跳过隐藏行 1');
  const none = await run(['import', book, '--plan', '--sheet', '离职']);
  expect([none.code, none.stderr]).toEqual([1, expect.stringMatching(/choose one of “在职”, “试用”.*请从/)]);
  const again = await run(['import', '--undo', 'imp-0123456789', '--sheet', '离职']);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('--sheet')]);
});

test('a file that is no table is refused in both languages', async () => {
  const page = await run(['import', file('page.xls', '<html><table></table>'), '--plan']);
  expect([page.code, page.stderr]).toEqual([1, expect.stringMatching(/web page.*save it as \.xlsx.*请用 Excel 打开/)]);
  // A folder cannot be sent, which is no fault of the server.
  const dir = await run(['import', folder, '--plan']);
  expect([dir.code, dir.stderr]).toEqual([1, expect.stringMatching(/is a folder.*请指定其中的表格文件/)]);
});

test('a plan is no longer than its columns and mistakes: a long header is cut, a mistake names its field, a second column says why it is passed over', async () => {
  const table = file('odd.csv', `姓名,手机,手机,${'长'.repeat(30_000)}\n王强,1.38E+10,13800019992,x\n`);
  const { stdout } = await run(['import', table, '--plan']);
  expect(stdout.length).toBeLessThan(2_000);
  expect(stdout).toMatch(/长{80}…/);
  expect(stdout).toMatch(/手机 → – \(an earlier column is mobile 前面已有 mobile 列\)/);
  expect(stdout).toMatch(/mobile: 1\.38E\+10 is a number that was shortened.*末尾几位/);
});
