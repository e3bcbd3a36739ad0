import { parse, stringify } from 'yaml';
import type { Owned } from './connected.ts';
import { smallCompany } from './small-company.ts';

/** Values that a page must show as text, and nothing else (design of the console, "Hostile contents"). */
const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(2)</script>',
  'javascript:alert(3)',
  '{{count}} ${alert(4)} %s %n',
  '\u202Egnirts\u202C',
  '👩‍👩‍👧‍👦é\u0301\u0302\u0303',
  '__proto__',
  'constructor',
  '=HYPERLINK("https://example.invalid","x")',
  '@SUM(1+1)*cmd|"/c calc"!A0',
  `"><svg onload=alert(5)>`,
  '名'.repeat(60),
  'W'.repeat(2_000),
  '\u200Eab\u200B\u200D\u2060\uFEFFc\u200F\u2067d\u2069',
  '\u0645\u0631\u062D\u0628\u0627 <b>bold</b> \u05E9\u05DC\u05D5\u05DD',
] as const;

interface Named {
  name: unknown;
}

/** The small company, where names of people, departments and titles are attacks; ids and credentials are as they were. */
export function hostileCompany(): string {
  const company = parse(smallCompany()) as Record<string, readonly Named[] | undefined>;
  for (const kind of [
    'employees',
    'departments',
    'job_titles',
    'job_levels',
    'job_families',
    'work_places',
    'custom_fields',
  ]) {
    // Names of departments are different beside each other.
    for (const [at, one] of (company[kind] ?? []).entries()) {
      const name = `${HOSTILE[at % HOSTILE.length] ?? ''}${at < HOSTILE.length ? '' : String(at)}`;
      // Some are a text alone, others one for each language.
      one.name = typeof one.name === 'string' ? name : { value: name, i18n: { 'zh-CN': name, 'en-US': name } };
    }
  }
  return stringify(company);
}

/** Sends a call with attacks in its body, its path and its headers; returns its number in the journal. */
export async function sendHostileCall(url: string): Promise<string> {
  const json = { 'Content-Type': 'application/json', 'User-Agent': HOSTILE[0] };
  const token = (await (
    await fetch(`${url}/open-apis/auth/v3/tenant_access_token/internal`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' }),
    })
  ).json()) as { readonly tenant_access_token: string };
  const members = Object.fromEntries(HOSTILE.map((value) => [value, value]));
  const employee = {
    ...members,
    description: HOSTILE.join(' ').slice(0, 500),
    long: 'x'.repeat(10_000),
    nul: '\0\n\t',
  };
  const path = `/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id&x=${encodeURIComponent(HOSTILE[1])}`;
  const answer = await fetch(url + path, {
    method: 'PATCH',
    headers: { ...json, Authorization: `Bearer ${token.tenant_access_token}` },
    body: JSON.stringify({ employee }),
  });
  return answer.headers.get('x-mingce-request') ?? '';
}

/** Adds what is in no company file: an import with attacks for its file's name and cells, fault rules, and a snapshot of the longest name. */
export async function addHostileRecords({ mingce, adminKey }: Owned): Promise<void> {
  const send = async (path: string, body: string): Promise<void> => {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}` },
      body,
    });
    if (!answer.ok) throw new Error(`${path} was answered with ${String(answer.status)}: ${await answer.text()}`);
  };
  for (const value of HOSTILE) {
    // Each is a heading, a cell, and the name of the file.
    const cell = `"${value.replaceAll('"', '""')}"`;
    await send(`imports?name=${encodeURIComponent(`${value}.csv`)}`, `姓名,${cell}\n${cell},${cell}\n`);
  }
  for (const app of [HOSTILE[0], HOSTILE[4], 'W'.repeat(300)])
    await send(
      'faults',
      JSON.stringify({ match: { app, employee: app }, effect: { code: '2221103' }, enabled: false }),
    );
  await send('snapshots', JSON.stringify({ name: 'W'.repeat(64) }));
}
