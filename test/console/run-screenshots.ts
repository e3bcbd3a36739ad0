// Takes a picture of every page of the console, or of those named, in both languages and themes, into docs/screenshots.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { DEMO_ADMIN_KEY, demoFile } from '../../src/demo.ts';
import { silentLog, startMingce } from '../../src/index.ts';
import { addChineseFace, openBrowser, visit } from '../support/browser.ts';
import { setup } from '../support/console-setup.ts';
import { careless } from './careless-client.ts';
import { connect, readTenant, SECRET } from './connected.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

/** Names of the pictures, with the paths of the pages. */
const PAGES: Readonly<Record<string, string>> = {
  overview: '',
  calls: '/calls',
  errors: '/errors/feishu/2221103',
  doctor: '/doctor',
  people: '/people',
  person: '/people/zhangsan',
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
await connect(owned, demoFile('demo'), tenant.url);
const calls = await careless(mingce.url);
await readTenant(owned);
const browser = await openBrowser();
for (const language of ['zh', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    await using visitor = await visit(browser, { language, theme });
    const { page } = visitor;
    const isWanted = (name: string): boolean => named.size === 0 || named.has(name);
    const take = async (name: string): Promise<void> => {
      await addChineseFace(page);
      await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
      await page.screenshot({ path: join(folder, `${name}-${language}-${theme}.png`) });
    };
    await page.goto(`${mingce.url}/console/`);
    await page.getByRole('button', { name: /演示公司|demo company/ }).waitFor();
    if (isWanted('sign-in')) await take('sign-in');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/c/demo');
    for (const [name, path] of Object.entries({ ...PAGES, call: `/calls/${calls.wecom}` })) {
      if (!isWanted(name)) continue;
      await page.goto(`${mingce.url}/console/c/demo${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await take(name);
    }
  }
}
await browser.close();
await mingce.close();
await tenant.close();

/** The demo company as its tenant has it, where some changed. */
function elsewhere(): string {
  const file = parse(demoFile('demo')) as { readonly employees: Record<string, unknown>[] };
  for (const [at, employee] of file.employees.slice(2, 7).entries()) {
    employee['job_number'] = String(20_000 + at);
    if (at % 2 === 0) employee['alias'] = `别名 ${String(at)}`;
  }
  return stringify(file);
}
