import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Browser } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { DEMO_ADMIN_KEY } from '../../src/demo.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { accessibilityFaults, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { careless, type CarelessCalls } from './careless-client.ts';
import { applyPlan, ask, connect, enable, makePlan, readTenant, SECRET, storePlan } from './connected.ts';
import { LOOKS } from './every-page.ts';
import { following } from './follow.ts';
import { smallCompany } from './small-company.ts';

/* What a page says of people, departments and lists: their names, in the language of the page, never their ids alone. */

/** So many people that the history names more than fifty. */
const MANY = 52;

let browser: Browser;
let mingce: Mingce;
let tenant: Mingce;
let calls: CarelessCalls;
let filePlan: string;
let livePlan: string;

beforeAll(async () => {
  [browser, mingce, tenant] = await Promise.all([
    sharedBrowser(),
    serveConsole({ company: company(), adminKey: DEMO_ADMIN_KEY }),
    startMingce({ companies: [elsewhere()], adminKey: 'sesame', log: silentLog }),
  ]);
  vi.stubEnv(...SECRET);
  const owned = { mingce, adminKey: DEMO_ADMIN_KEY };
  await connect(owned, company(), tenant.url, '    authority: { name: ours, department: ours, leader: ours }\n');
  calls = await careless(mingce.url);
  await readTenant(owned);
  await enable(owned);
  await applyPlan(owned, await makePlan(owned, 'pengtao'));
  livePlan = await makePlan(owned, 'panwei');
  filePlan = await storePlan(owned, changed((await mingce.companies.export('demo')) ?? ''));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await mingce.close();
  await tenant.close();
});

test.each(LOOKS)('people, departments and lists are named wherever they are listed, in $language', async (look) => {
  const say = (zh: string, en: string): string => (look.language === 'zh' ? zh : en);
  await using visitor = await visit(browser, look, mingce);
  const { page, complaints } = visitor;
  const asked: string[] = [];
  page.on('request', (request) => {
    const ids = new URL(request.url()).searchParams.get('ids');
    if (ids !== null) asked.push(ids);
  });
  const follow = await following(page, mingce.url, '/history');
  const shown = async (path: string, ...words: readonly string[]): Promise<void> => {
    if (path !== '/history') await follow(path);
    for (const word of words) await page.getByText(word, { exact: true }).first().waitFor();
    expect(await accessibilityFaults(page), path).toEqual([]);
  };

  await shown(
    '/history',
    '张三',
    '顾博',
    say('应用公司文件', 'company file applied'),
    say('别名', 'Alias'),
    say('合思 来源', 'Hose origin'),
  );
  expect(await page.locator('.changes strong').getByText('zhangsan').count()).toBe(0);
  // Everyone on the page is asked for in one call, not each alone.
  expect(asked.length).toBe(1);
  expect(asked[0]?.split(' ').length).toBeGreaterThan(50);

  const renamed = say('法务一部', '法务二部');
  await renameLegal(renamed);
  await shown('/history', `${say('部门', 'Department')} ${renamed}`);
  await page.locator('.change').first().getByText(say('名称', 'Name'), { exact: true }).waitFor();
  await shown(`/calls/${calls.wecom}`, '张三', say('测试夹具', 'Fixture'));
  await shown('/targets/feishu/links', '张三', '周浩', '后端组', say('编号相同', 'the same id'));
  await shown('/catalogues?list=fields', '张国阳001');
  await page.getByRole('row', { name: '张国阳001' }).getByText('项目', { exact: true }).waitFor();
  await shown('/errors/feishu/2221103?q=2221103', say('手机号已存在', 'Mobile already exists'));
  await page.getByText(say('类别 状态', 'Class state')).waitFor();
  await shown('/deliveries', '彭涛');
  await shown('/apps', `${say('部门', 'departments')} 恒达科技`);
  await shown('/calls', '张三');
  expect(await page.getByRole('row', { name: 'hr.update_staff_info' }).getByText('zhangsan').count()).toBe(0);
  await page.keyboard.press('`');
  const dock = page.getByRole('complementary', { name: say('最近调用', 'Latest calls') });
  await dock.getByRole('link', { name: 'hr.update_staff_info' }).getByText('张三').first().waitFor();
  await shown(`/targets/feishu/plans/${livePlan}`, '潘伟', '肖玲', say('直属上级', 'Direct leader'));
  await shown(
    `/file/plans/${filePlan}`,
    '林峰',
    '部门经理',
    '软件工程师',
    '前端组',
    '后端组',
    say('职务', 'Job title'),
  );

  await follow('/workbench');
  await page.getByRole('textbox', { name: say('快进多久', 'How far') }).fill('40d');
  await page.getByRole('button', { name: say('预览结果', 'See what comes due') }).click();
  const due = page.getByRole('listitem').filter({ hasText: '秦山' });
  await due.getByText(say('恢复在职', 'Return of the employee')).waitFor();
  await due.getByText(say('可以 → 已过期限', 'possible → too late')).waitFor();
  const token = page.getByRole('listitem').filter({ hasText: 'cli_mingce_demo' });
  await token.getByText(say('租户令牌', 'Tenant token')).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test.each(LOOKS)(
  'what is gone has its last name in the history, and entries their list, in $language',
  async (look) => {
    const say = (zh: string, en: string): string => (look.language === 'zh' ? zh : en);
    await using own = await serveConsole({ company: smallCompany(), adminKey: DEMO_ADMIN_KEY });
    const owned = { mingce: own, adminKey: DEMO_ADMIN_KEY };
    const titles = '/mingce/v1/companies/demo/catalogues/job_titles';
    await ask(owned, 'POST', titles, { id: 't-cashier', name: '会计' });
    await ask(owned, 'PATCH', `${titles}/t-cashier`, { enabled: false });
    await ask(owned, 'POST', titles, { id: 't-driver', name: '司机' });
    await ask(owned, 'PATCH', `${titles}/t-driver`, { name: '班车司机' });
    await ask(owned, 'DELETE', `${titles}/t-driver`);
    const file = parse((await own.companies.export('demo')) ?? '') as { readonly employees: { readonly id: string }[] };
    const stayed = file.employees.filter(({ id }) => id !== 'gubo');
    await own.companies.apply('demo', stringify({ ...file, employees: stayed }));

    await using visitor = await visit(browser, look, own);
    const { page, complaints } = visitor;
    await page.goto(`${own.url}/console/c/demo/history`);
    const changed = page.locator('.changes strong');
    const gone = say('已删除', 'removed');
    await changed
      .filter({ hasText: `顾博 ${gone}` })
      .first()
      .waitFor();
    await changed
      .filter({ hasText: say('职务 会计', 'Job title 会计') })
      .nth(1)
      .waitFor();
    await changed
      .filter({ hasText: say(`职务 班车司机 ${gone}`, `Job title 班车司机 ${gone}`) })
      .nth(2)
      .waitFor();
    expect(await changed.getByText(/gubo|t-cashier|t-driver|job-title/).count()).toBe(0);
    expect(await changed.getByRole('link', { name: '顾博' }).count(), 'there is no page of it').toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

/** Gives a department another name by a platform's own call. */
async function renameLegal(name: string): Promise<void> {
  const answer = await ask({ mingce, adminKey: DEMO_ADMIN_KEY }, 'POST', '/mingce/v1/companies/demo/calls', {
    platform: 'feishu',
    app: 'cli_mingce_demo',
    operation: 'department.patch',
    params: { department_id: 'legal' },
    query: { department_id_type: 'department_id' },
    body: { department: { name: { default_value: name } } },
  });
  expect(answer).toMatchObject({ code: '0' });
}

/** A company with so many people. One left today, so that there is an end of the days in which the person may return. */
function company(): string {
  const file = parse(smallCompany(MANY)) as { readonly employees: Record<string, unknown>[] };
  const leaver = file.employees.find(({ id }) => id === 'qinshan');
  Object.assign(leaver ?? {}, { left_on: new Date().toISOString().slice(0, 10) });
  return stringify(file);
}

/** The demo company as its tenant has it: two names are misspelt, and one person reports to somebody else. */
function elsewhere(): string {
  const file = parse(smallCompany(MANY)) as { readonly employees: Record<string, unknown>[] };
  for (const employee of file.employees) {
    if (employee['id'] === 'pengtao') employee['name'] = '彭滔';
    if (employee['id'] === 'panwei') Object.assign(employee, { name: '潘维', leader: 'linfeng' });
  }
  return stringify(file);
}

/** The company's file where one person has another job and another department. */
function changed(text: string): string {
  const file = parse(text) as { readonly employees: Record<string, unknown>[] };
  for (const employee of file.employees) {
    if (employee['id'] === 'linfeng') Object.assign(employee, { job_title: 'wqedsaqw', departments: ['backend'] });
  }
  return stringify(file);
}
