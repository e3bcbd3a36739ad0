import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startMingce, type Mingce } from '../../../src/index.ts';
import { migrations } from '../../../src/store/migrations/index.ts';
import { rename, tokensAt } from '../../support/clients/demo.ts';

/*
 * Keeps the data of the demo company as this build writes it, for the upgrade test of all later ones:
 * `npm run fixtures:save-db-format`. Once for each format, before its release; what is kept is never made again.
 */

const AT = Date.parse('2026-11-21T00:00:00Z');
const format = migrations.length;
const kept = join(import.meta.dirname, `format-${String(format)}`);
if (existsSync(kept)) throw new Error(`the data of format ${String(format)} is kept already, and stays as it is`);

const folder = mkdtempSync(join(tmpdir(), 'mingce-format-'));
const mingce = await startMingce({ data: folder, demo: true, clock: { now: () => AT } });
const tokens = await tokensAt(mingce);
const said = await rename(mingce, tokens, {
  feishu: ['linfeng', '林峰一'],
  wecom: ['hebin', '何斌一'],
  hose: ['tangjing', '唐静一'],
});
if (JSON.stringify(said) !== '[0,0,1,1]') throw new Error(`a platform refused: ${JSON.stringify(said)}`);
// Someone who left the company file, and a company that is no more: what both leave behind is data, too.
await mingce.companies.apply('demo', await demoWithout(mingce, 'kangming'), { plan: false, request: 'keep' });
await mingce.companies.apply('gone', companyOf('gone'), { plan: false, request: 'keep' });
await mingce.companies.remove('gone', 'keep');

const files: Record<string, string> = {
  'then.json': `${JSON.stringify({ at: new Date(AT).toISOString(), tokens }, null, 2)}\n`,
};
for (const key of await mingce.companies.keys()) files[`${key}.yaml`] = (await mingce.companies.export(key)) ?? '';
await mingce.close();

mkdirSync(kept);
for (const [name, text] of Object.entries(files)) writeFileSync(join(kept, name), text);
// Without the pages that nothing is in.
const db = new DatabaseSync(join(folder, 'mingce.db'));
db.exec('VACUUM');
db.close();
writeFileSync(join(kept, 'mingce.db'), readFileSync(join(folder, 'mingce.db')));
rmSync(folder, { recursive: true });
process.stdout.write(`kept ${kept}\n`);

async function demoWithout({ companies }: Mingce, id: string): Promise<string> {
  const lines = ((await companies.export('demo')) ?? '').split('\n');
  const from = lines.findIndex((line) => new RegExp(`^ +- (\\{ )?id: ${id}\\b`).test(line));
  const after = lines.findIndex((line, index) => index > from && /^( {2}- |\S)/.test(line));
  return lines.toSpliced(from, after - from).join('\n');
}

function companyOf(key: string): string {
  return `mingce: 1\nkey: ${key}\nname: ${key}\ndepartments:\n  - { id: root, name: Acme }\nemployees:\n  - { id: li, name: 李 }\n`;
}
