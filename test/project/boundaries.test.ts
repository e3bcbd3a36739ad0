// Each boundary is broken once, on purpose, in a small project: a check that cannot fail guards nothing.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const home = fileURLToPath(new URL('../../', import.meta.url));
const projects: string[] = [];

type Files = Record<string, string>;

/** A project that breaks nothing. */
const sound: Files = {
  'src/main.ts': `import './app.ts';\nimport './cli/serve.ts';\n`,
  'src/app.ts': `import './config.ts';\nimport './http/server.ts';\nimport './store/open.ts';\nimport './dialects/registry.ts';\n`,
  'src/config.ts': `export const port = process.env['PORT'];\n`,
  'src/cli/serve.ts': `export const serve = 'serve';\n`,
  'src/lib/time/clock.ts': `export const now = 1;\n`,
  'src/directory/employee.ts': `import '../lib/time/clock.ts';\nimport 'node:crypto';\n// those chosen, from where they are\nexport const say = 'select one, then update it';\n`,
  'src/dialects/dialect.ts': `import '../directory/employee.ts';\n`,
  'src/dialects/rule.ts': `export const first = 1;\n`,
  'src/dialects/registry.ts': `import './feishu/index.ts';\nimport './wecom/index.ts';\n`,
  'src/dialects/feishu/index.ts': `import './routes/employees.ts';\nimport '../dialect.ts';\nimport '../rule.ts';\n`,
  'src/dialects/feishu/routes/employees.ts': `export const method = 'DELETE';\n`,
  'src/dialects/wecom/index.ts': `import '../dialect.ts';\n`,
  'src/dialects/wecom/protocol/codes.ts': `export const ok = 0;\n`,
  'src/dialects/wecom/model/ids.ts': `import '../protocol/codes.ts';\n`,
  'src/dialects/wecom/auth/caller.ts': `import '../model/ids.ts';\n`,
  'src/dialects/wecom/roster/values.ts': `import '../auth/caller.ts';\n`,
  'src/dialects/wecom/departments/write.ts': `import '../model/ids.ts';\n`,
  'src/dialects/wecom/employees/rules.ts': `import '../roster/values.ts';\nimport '../departments/write.ts';\n`,
  'src/dialects/wecom/routes/staff.ts': `import '../employees/rules.ts';\n`,
  'src/company/contract.ts': `export const few = 'few';\n`,
  'src/company/plan.ts': `import './contract.ts';\nimport '../directory/employee.ts';\nimport '../dialects/dialect.ts';\n`,
  'src/store/open.ts': `import './engines/sqlite.ts';\n`,
  'src/store/engines/sqlite.ts': `import 'node:sqlite';\nexport const sql = 'SELECT id FROM employee WHERE id = ?';\n`,
  'src/http/server.ts': `import 'node:http';\nimport 'find-my-way';\nimport '../dialects/dialect.ts';\n`,
  'src/connectors/connector.ts': `import '../lib/time/clock.ts';\n`,
  'src/connectors/http-client.ts': `import 'undici';\n`,
  'src/connectors/session.ts': `import './http-client.ts';\n`,
  'src/connectors/hose/index.ts': `import '../connector.ts';\n`,
  'src/connectors/wecom/index.ts': `import '../connector.ts';\n`,
  'src/connectors/registry.ts': `import './hose/index.ts';\nimport './wecom/index.ts';\n`,
  'src/dialects/wecom/events/render.ts': `import '../employees/rules.ts';\n`,
  'src/dialects/events.ts': `import '../directory/employee.ts';\n`,
  'src/delivery/claims.ts': `import '../dialects/events.ts';\n`,
  'src/http/outgoing.ts': `import 'node:https';\n`,
  'src/delivery/targets/drift.ts': `import '../../connectors/connector.ts';\n`,
  'src/http/admin/contract.ts': `import '../../company/contract.ts';\n`,
};

/** What breaks each boundary. The files of all stand side by side in one project, so that one run finds them all. */
const breaches: Record<string, Files> = {
  'routes-import-downwards': { 'src/dialects/wecom/routes/upward.ts': `import '../index.ts';` },
  'events-import-downwards': { 'src/dialects/wecom/events/upward.ts': `import '../routes/staff.ts';` },
  'delivery-knows-the-contract': { 'src/delivery/platform.ts': `import '../store/open.ts';` },
  'employees-import-downwards': { 'src/dialects/wecom/departments/upward.ts': `import '../routes/staff.ts';` },
  'roster-import-downwards': { 'src/dialects/wecom/roster/upward.ts': `import '../employees/rules.ts';` },
  'auth-import-downwards': { 'src/dialects/wecom/auth/upward.ts': `import '../employees/rules.ts';` },
  'model-import-downwards': { 'src/dialects/wecom/model/upward.ts': `import '../auth/caller.ts';` },
  'protocol-import-downwards': { 'src/dialects/wecom/protocol/upward.ts': `import '../model/ids.ts';` },
  'lib-knows-nothing': { 'src/lib/a.ts': `import '../directory/employee.ts';` },
  'directory-is-the-centre': { 'src/directory/b.ts': `import type {} from '../dialects/dialect.ts';` },
  'store-implements-ports': { 'src/store/e.ts': `import '../http/server.ts';` },
  'company-is-a-file': {
    'src/company/f.ts': `import '../store/open.ts';`,
    'src/company/g.ts': `import '../http/admin/contract.ts';`,
  },
  'sandbox-knows-the-contract': { 'src/sandbox/k.ts': `import '../dialects/registry.ts';` },
  'http-knows-the-contract': { 'src/http/h.ts': `import '../dialects/registry.ts';` },
  'tls-knows-nothing': { 'src/tls/l.ts': `import '../directory/employee.ts';` },
  'proxy-knows-no-platform': { 'src/proxy/m.ts': `import '../dialects/registry.ts';` },
  'admin-knows-no-platform': {
    'src/http/admin/i.ts': `import '../../dialects/registry.ts';`,
    'src/http/admin/j.ts': `import '../../company/plan.ts';`,
  },
  'connectors-know-no-dialect': { 'src/connectors/a.ts': `import '../dialects/dialect.ts';` },
  'targets-know-no-platform': { 'src/delivery/targets/a.ts': `import '../../connectors/registry.ts';` },
  'connectors-are-islands': { 'src/connectors/wecom/b.ts': `import '../hose/index.ts';` },
  'connectors-compose-and-judge-only': { 'src/connectors/wecom/c.ts': `import '../session.ts';` },
  'one-door-per-connector': { 'src/connectors/d.ts': `import './hose/index.ts';` },
  'http-client-named-once': { 'src/connectors/e.ts': `import 'undici';` },
  'dialects-are-islands': { 'src/dialects/wecom/j.ts': `import '../feishu/index.ts';` },
  'one-door-per-dialect': { 'src/cli/k.ts': `import '../dialects/feishu/index.ts';` },
  'only-index-through-the-door': {
    'src/dialects/registry.ts': `${sound['src/dialects/registry.ts'] ?? ''}import './wecom/protocol/codes.ts';\n`,
  },
  'engine-named-once': { 'src/store/l.ts': `import './engines/sqlite.ts';` },
  'http-library-named-once': {
    'src/http/o.ts': `import 'find-my-way';`,
    'src/cli/o.ts': `import { get } from 'http';`,
  },
  'web-sockets-named-once': { 'src/http/p.ts': `import { WebSocket } from 'ws';` },
  'database-named-once': { 'src/store/p.ts': `import 'node:sqlite';` },
  'directory-needs-no-machine': { 'src/directory/q.ts': `import 'node:fs';` },
  'console-pages-stay-apart': {
    'console/src/pages/calls/a.ts': `import '../errors/b.ts';`,
    'console/src/pages/errors/b.ts': '',
  },
  'console-imports-downwards': { 'console/src/ui/a.ts': `import '../pages/errors/b.ts';` },
  'console-knows-no-rule': { 'console/src/api/a.ts': `import '../../../src/directory/employee.ts';` },
  'no-cycles': {
    'src/lib/r.ts': `import './s.ts';`,
    'src/lib/s.ts': `import './r.ts';`,
    'bench/r.ts': `import './s.ts';`,
    'bench/s.ts': `import './r.ts';`,
  },
  'imports-exist': { 'src/lib/t.ts': `import './gone.ts';` },
  'directory-names-no-platform': {
    'src/directory/u.ts': `export const feishuId = 1;`,
    'src/directory/v.ts': `// 企业微信`,
  },
  'directory-speaks-no-sql': { 'src/directory/w.ts': 'export const q = `insert into\n employee`;' },
  'sql-only-in-store': { 'src/company/x.ts': `export const q = "DELETE FROM employee";` },
  'settings-only-in-config': { 'src/lib/y.ts': `export const home = process.env['HOME'];` },
  'dialects-ask-the-company-for-the-time': { 'src/dialects/fake/now.ts': `export const at = Date.now();` },
  'suppressions-carry-a-reason': { 'scripts/z.ts': `// oxlint-disable-next-line no-console\nconsole.log(1);` },
};

function build(files: Files, config?: string): string {
  const project = mkdtempSync(join(tmpdir(), 'mingce-boundaries-'));
  projects.push(project);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(project, dirname(path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    cpSync(join(home, file), join(project, file));
  }
  if (config !== undefined) writeFileSync(join(project, '.dependency-cruiser.cjs'), config);
  symlinkSync(join(home, 'node_modules'), join(project, 'node_modules'), 'junction');
  return project;
}

function inspect(project: string, least: number): { status: number | null; said: string; complaints: string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(home, 'scripts/boundaries.ts'), '--root', project, '--least', String(least)],
    { encoding: 'utf8' },
  );
  return { status, said: stdout, complaints: stderr.split('\n').filter((line) => line !== '') };
}

afterAll(() => {
  for (const project of projects) rmSync(project, { recursive: true, force: true });
});

test('a sound project passes, and the line says how much was read', () => {
  const files = Object.keys(sound).length;
  expect(inspect(build(sound), 1)).toEqual({
    status: 0,
    said: `boundaries: read ${files} modules of ${files} files, 0 findings\n`,
    complaints: [],
  });
});

describe('a breach is reported', () => {
  let outcome: ReturnType<typeof inspect>;

  beforeAll(() => {
    outcome = inspect(build(Object.assign({}, sound, ...Object.values(breaches)) as Files), 1);
  });

  test('and the check fails', () => {
    expect(outcome.status).toBe(1);
  });

  test.each(Object.entries(breaches))('%s', (boundary, files) => {
    for (const file of Object.keys(files)) {
      expect(outcome.complaints.filter((line) => line.startsWith(`${boundary}: `)).join('\n')).toContain(file);
    }
  });

  test('and nothing else is', () => {
    const known = new Set(Object.keys(breaches));
    expect(outcome.complaints.filter((line) => !known.has(line.replace(/:.*/s, '')))).toEqual([]);
  });
});

test('every boundary in the configuration is broken here', async () => {
  const { default: config } = (await import(join(home, '.dependency-cruiser.cjs'))) as {
    default: { forbidden: { name: string }[] };
  };
  const untried = config.forbidden.map(({ name }) => name).filter((name) => !(name in breaches));
  expect(untried).toEqual([]);
});

describe('a read of too little fails', () => {
  test('when nothing was read although the files are there', () => {
    const blind = `module.exports = { forbidden: [], options: { exclude: '^src' } };`;
    const { status, complaints } = inspect(build(sound, blind), 1);
    expect(status).toBe(1);
    expect(complaints.join('\n')).toContain('too-few-modules: read 0 ');
  });

  test('when the tree is smaller than the program ever was', () => {
    const { status, complaints } = inspect(build(sound), 1000);
    expect(status).toBe(1);
    expect(complaints.join('\n')).toContain('at least 1000 must be read');
  });
});
