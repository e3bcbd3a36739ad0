import { supportsColor } from '../../config.ts';
import type { CompanySummary } from '../../company/contract.ts';
import { unknownCompany, withCompanies } from '../companies.ts';
import { colors, displayWidth, padColumns, type Paint } from '../output/colors.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce list` and `mingce show`. */
export interface ListOptions extends TargetOptions {
  readonly json: boolean;
}

/** Prints the companies, a line each. */
export async function list(options: ListOptions): Promise<void> {
  const found = await withCompanies(options, async (companies) => {
    const summaries: CompanySummary[] = [];
    for (const key of await companies.keys()) {
      const summary = await companies.summary(key);
      if (summary !== null) summaries.push(summary);
    }
    return summaries;
  });
  if (options.json) process.stdout.write(`${JSON.stringify({ companies: found })}\n`);
  else if (found.length === 0)
    process.stdout.write('There is no company yet; mingce apply FILE makes one. 还没有公司。\n');
  else process.stdout.write(tableOf(found, colors(supportsColor(process.stdout))));
}

/** Prints what a company is. */
export async function show(key: string, options: ListOptions): Promise<void> {
  const summary = await withCompanies(options, async (companies) => {
    const found = await companies.summary(key);
    if (found === null) throw await unknownCompany(key, companies);
    return found;
  });
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : textOf(summary));
}

const HEAD = ['key 标识', 'name 名称', 'people 人数', 'departments 部门', 'apps 应用'] as const;

function tableOf(companies: readonly CompanySummary[], paint: Paint): string {
  const rows = companies.map(({ key, name, employees, departments, apps }) => [
    key,
    name,
    String(employees),
    String(departments),
    String(apps.length),
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(...[head, ...rows.map((row) => row[column] ?? '')].map(displayWidth)),
  );
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => padColumns(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint.bold(lineOf(HEAD)), ...rows.map(lineOf)].map((line) => `${line}\n`).join('');
}

function textOf({ key, name, state, employees, departments, apps }: CompanySummary): string {
  const rows: readonly (readonly [string, string])[] = [
    ['key 标识', key],
    ['name 名称', name],
    ['state 状态', state === 'in-use' ? 'in use 使用中' : 'dissolved 已解散'],
    ['people 人数', String(employees)],
    ['departments 部门', String(departments)],
    ...apps.map(({ platform, app }) => [`app 应用`, `${platform}  ${app}`] as const),
  ];
  return rows.map(([label, value]) => `${padColumns(label, 18)}${value}\n`).join('');
}
