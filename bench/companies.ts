import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, start, type Running } from './servers.ts';

/** What a load must know of the company that it is for. */
export interface BenchCompany {
  readonly employees: number;
  readonly feishuApp: string;
  readonly wecomCorp: string;
  readonly hoseApp: string;
  readonly hoseCorporation: string;
  readonly secret: string;
  /** Whether some have left. */
  readonly someLeft: boolean;
  /** The id of one of them, counted from 0. */
  idOf(index: number): string;
}

/** Plain people under one root, all alike. */
export function plainCompany(employees: number): BenchCompany {
  return {
    employees,
    feishuApp: 'cli_bench',
    wecomCorp: 'ww_bench',
    hoseApp: 'bench',
    hoseCorporation: 'bench',
    secret: 'bench',
    someLeft: false,
    idOf: (index) => `e${String(index)}`,
  };
}

/** The company that `mingce generate` makes under a key: of any size, with people of many kinds. */
export function generatedCompany(key: string, employees: number): BenchCompany {
  return {
    employees,
    feishuApp: `cli_generated_${key}`,
    wecomCorp: `ww_generated_${key}`,
    hoseApp: `generated-${key}`,
    hoseCorporation: `generated-${key}`,
    secret: 'mingce-generated-secret',
    someLeft: true,
    idOf: (index) => `e${String(index + 1).padStart(7, '0')}`,
  };
}

/** Writes the file of the plain company and applies it to the store that the options name. */
export function applyPlain(folder: string, employees: number, store: readonly string[]): void {
  const file = join(folder, `company-${String(employees)}.yaml`);
  writeFileSync(file, plainFile(employees));
  run('src/main.ts', ['apply', file, ...store]);
}

/** Starts a server on a store that has its companies already. */
export function serve(store: readonly string[]): Promise<Running> {
  return start('src/main.ts', ['serve', '--port', '0', '--no-demo', ...store]);
}

function plainFile(employees: number): string {
  const people = Array.from({ length: employees }, (_, index) => {
    const number = String(index);
    return `  - { id: e${number}, name: 员工${number}, job_number: "${number}", mobile: "+86${String(13_000_000_000 + index)}", email: e${number}@bench.example }`;
  });
  return `mingce: 1
key: bench
name: Bench
feishu: { certified: true, rate_limit_enabled: false, apps: [{ app_id: cli_bench, app_secret: bench }] }
wecom: { corpid: ww_bench, apps: [{ agentid: 1, secret: bench }] }
hose: { corporation_id: bench, apps: [{ app_key: bench, app_security: bench }] }
departments: [{ id: root, name: Bench, code: "001" }]
employees:
${people.join('\n')}
`;
}
