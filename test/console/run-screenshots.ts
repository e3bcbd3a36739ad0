// Takes a picture of every page of the console, or of those named, in both languages and themes, into docs/screenshots.

import { mkdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page, Request } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { DEMO_ADMIN_KEY, demoFile } from '../../src/demo.ts';
import { silentLog, startMingce } from '../../src/index.ts';
import { addChineseFace, openBrowser, visit } from '../support/browser.ts';
import { setup } from '../support/console-setup.ts';
import { careless } from './careless-client.ts';
import { applyPlan, ask, connect, enable, makePlan, readTenant, SECRET, storePlan } from './connected.ts';

const folder = process.env['MINGCE_PICTURES'] ?? fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** As wide as a screen, or as a tablet where that is asked for. */
const viewport =
  process.env['MINGCE_PICTURES_OF'] === 'tablet' ? { width: 820, height: 1180 } : { width: 1440, height: 900 };

/** Names of the pictures, with the paths of the pages. */
const PAGES: Readonly<Record<string, string>> = {
  overview: '',
  calls: '/calls',
  errors: '/errors/feishu/2221103',
  doctor: '/doctor',
  people: '/people',
  // Whose mobile each platform writes in another form.
  person: '/people/zhoumin',
  'person-edit': '/people/zhangsan?tab=edit',
  departments: '/departments?at=backend',
  history: '/history',
  file: '/file',
  imports: '/imports',
  outbox: '/outbox',
  catalogues: '/catalogues?list=job_titles',
  fields: '/catalogues?list=fields',
  apps: '/apps',
  targets: '/targets',
  links: '/targets/feishu/links',
  drift: '/targets/feishu/drift',
  events: '/events',
  try: '/try/feishu/employee.patch?employee=zhangsan',
  workbench: '/workbench',
  plans: '/targets/feishu/plans',
  deliveries: '/deliveries',
  bulk: '/people',
  dock: '/people',
  editor: '/file',
};

/** A table is checked within so long. */
const CHECK_MS = 60_000;

/** What is done on a page before its picture is taken. */
const BEFORE: Readonly<Record<string, (page: Page, isZh: boolean) => Promise<void>>> = {
  bulk: async (page, isZh) => {
    const boxes = page.locator('.people-table tbody input[type=checkbox]');
    await boxes.first().waitFor();
    for (const at of [0, 1, 2]) await boxes.nth(at).check();
    await page.getByRole('button', { name: isZh ? '更改部门' : 'Change department' }).click();
    await page.getByRole('combobox', { name: isZh ? '部门的新值' : 'New value of Departments' }).fill('前端');
    await page.locator('.ant-select-item-option').first().click();
  },
  dock: async (page) => {
    await page.locator('.people-table tbody tr').first().waitFor();
    await page.keyboard.press('`');
    await page.locator('.dock .call-line').first().waitFor();
  },
  // A mobile that another person has: each platform answers otherwise.
  'person-edit': async (page, isZh) => {
    await page.getByRole('textbox', { name: isZh ? '手机号' : 'Mobile' }).fill('+8613800010011');
    await page.locator('.person-check li').first().waitFor();
  },
  workbench: async (page, isZh) => {
    await page.getByRole('textbox', { name: isZh ? '快进多久' : 'How far' }).fill('40d');
    await page.getByRole('button', { name: isZh ? '预览结果' : 'See what comes due' }).click();
    await page.locator('.workbench-due li').first().waitFor();
  },
  editor: async (page, isZh) => {
    await page.getByRole('textbox', { name: isZh ? '公司文件' : 'Company file' }).focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.insertText('departmnts: []\n\n');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.insertText('sta');
    await page.keyboard.press('Control+Space');
    await page.getByRole('option').first().waitFor();
  },
};

/** Names of pictures to take; none: all of them. */
const named = new Set(process.argv.slice(2));

await setup();
mkdirSync(folder, { recursive: true });
const mingce = await startMingce({ demo: true, log: silentLog });
const [variable, secret] = SECRET;
process.env[variable] = secret;
const tenant = await startMingce({ companies: [elsewhere()], adminKey: 'sesame', log: silentLog });
const owned = { mingce, adminKey: DEMO_ADMIN_KEY };
await connect(owned, demoFile('demo'), tenant.url, '    authority: { name: ours, department: ours, leader: ours }\n');
const calls = await careless(mingce.url, '阿三');
await invite('weiwei');
await ask(owned, 'POST', '/mingce/v1/companies/demo/snapshots', { name: 'before-import' });
const joiners = await checkedImport();
await readTenant(owned, [
  { kind: 'employee', subject: 'zhangsan', live_id: 'zhangsan', matched_by: 'id', state: 'linked' },
  { kind: 'employee', subject: 'zhouhao', live_id: null, matched_by: 'jobNumber', state: 'ambiguous' },
  { kind: 'department', subject: 'legal', live_id: null, matched_by: 'operator', state: 'ignored' },
]);
await enable(owned);
await applyPlan(owned, await makePlan(owned, 'pengtao'));
const livePlan = await makePlan(owned, 'liangchen');
const file = (await mingce.companies.export('demo')) ?? '';
const filePlan = await storePlan(owned, changed(file));
const pages = {
  ...PAGES,
  call: `/calls/${calls.wecom}`,
  plan: `/targets/feishu/plans/${livePlan}`,
  'file-plan': `/file/plans/${filePlan}`,
  import: `/imports?id=${joiners}`,
};
const browser = await openBrowser(true);
for (const language of ['zh', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    await using visitor = await visit(browser, { language, theme, viewport });
    const { page } = visitor;
    const isWanted = (name: string): boolean => named.size === 0 || named.has(name);
    const isQuiet = quiet(page);
    const take = async (name: string): Promise<void> => {
      await isQuiet();
      await addChineseFace(page);
      await page.screenshot({ path: join(folder, `${name}-${language}-${theme}.png`) });
    };
    await page.goto(`${mingce.url}/console/`);
    await page.getByRole('button', { name: /演示公司|demo company/ }).waitFor();
    if (isWanted('sign-in')) await take('sign-in');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/c/demo');
    for (const [name, path] of Object.entries(pages)) {
      if (!isWanted(name)) continue;
      await page.goto(`${mingce.url}/console/c/demo${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await BEFORE[name]?.(page, language === 'zh');
      await take(name);
      // The dock stays as it was left.
      if (name === 'dock') await page.keyboard.press('`');
    }
  }
}
await browser.close();
await mingce.close();
await tenant.close();

/** Returns what waits until a page has asked for everything that it shows; the stream of what is new stays open. */
function quiet(page: Page): () => Promise<void> {
  const asked = new Set<Request>();
  page.on('request', (request) => {
    if (!request.url().includes('/stream')) asked.add(request);
  });
  const ended = (request: Request): void => {
    asked.delete(request);
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  return async () => {
    // What was answered may lead to another question, once it is drawn.
    for (let still = 0; still < 3; still = asked.size === 0 ? still + 1 : 0) await page.waitForTimeout(60);
  };
}

/** Invites somebody who has not joined WeCom yet, so that there is a message that would have been sent. */
async function invite(userid: string): Promise<void> {
  const asked = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    return (await (await mingce.fetch(mingce.url + path, init)).json()) as Record<string, unknown>;
  };
  const token = await asked('/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret');
  const answer = await asked(`/cgi-bin/batch/invite?access_token=${String(token['access_token'])}`, { user: [userid] });
  if (answer['errcode'] !== 0) throw new Error(`The invitation was refused: ${JSON.stringify(answer)}`);
}

/** Uploads a table of joiners, a part of which a platform refuses, and has it checked; returns its id. */
async function checkedImport(): Promise<string> {
  const table =
    '姓名,手机,工号,部门,入职\n王强,13800019991,00012,后端组,45352\n李芳,13800010011,00013,前端组,45352\n' +
    '赵云,13800019993,00014,后端租,45352\n孙倩,13800019994,00015,市场部,45354\n';
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/imports?name=joiners.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${DEMO_ADMIN_KEY}` },
    body: table,
  });
  const { id } = (await answer.json()) as { readonly id: string };
  const path = `/mingce/v1/companies/demo/imports/${id}`;
  await ask(owned, 'POST', `${path}/check`);
  for (const until = Date.now() + CHECK_MS; Date.now() < until; await setTimeout(50)) {
    const { state } = await ask<{ readonly state: string }>(owned, 'GET', path);
    if (state !== 'checking') return id;
  }
  throw new Error('The table was not checked in time.');
}

/** The demo company as its tenant has it, where some changed. */
function elsewhere(): string {
  const file = parse(demoFile('demo')) as { readonly employees: Record<string, unknown>[] };
  for (const [at, employee] of file.employees.slice(2, 7).entries()) {
    employee['job_number'] = String(20_000 + at);
    if (at % 2 === 0) employee['alias'] = `别名 ${String(at)}`;
  }
  // Whose names were misspelt when they were entered there.
  for (const employee of file.employees) {
    if (employee['id'] === 'pengtao') employee['name'] = '彭滔';
    if (employee['id'] === 'liangchen')
      Object.assign(employee, { name: '梁辰', leader: 'linfeng', departments: ['frontend'] });
  }
  return stringify(file);
}

/** The company's file with what a working day brings: somebody new, and some who changed. */
function changed(text: string): string {
  const file = parse(text) as { readonly employees: Record<string, unknown>[] };
  const [first, ...others] = file.employees;
  for (const [at, employee] of file.employees.slice(8, 14).entries()) {
    employee['job_title'] = first?.['job_title'] ?? null;
    if (at % 2 === 0) employee['mobile'] = `+86138000200${String(10 + at)}`;
  }
  const newcomer = {
    id: 'wanglei',
    name: '王磊',
    mobile: '+8613800020099',
    departments: others[0]?.['departments'] ?? [],
  };
  return stringify({ ...file, employees: [...file.employees, newcomer] });
}
