import { parse, stringify } from 'yaml';
import { demoFile } from '../../src/demo.ts';

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
] as const;

interface Named {
  name: unknown;
}

/** The demo company, where names of people, departments and titles are attacks; ids and credentials are as they were. */
export function hostileCompany(): string {
  const company = parse(demoFile('demo')) as Record<string, readonly Named[] | undefined>;
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
    for (const [at, one] of (company[kind] ?? []).entries())
      if (typeof one.name === 'string')
        one.name = `${HOSTILE[at % HOSTILE.length] ?? ''}${at < HOSTILE.length ? '' : String(at)}`;
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
