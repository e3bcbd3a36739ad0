import type { Command } from 'commander';
import { confirmOption, languageOption } from './arguments/choices.ts';
import { byOption, refuseUnusedOptions } from './arguments/unused-options.ts';
import * as commands from './commands-on-demand.ts';
import type { BulkEditOptions } from './commands/tables/bulk-edit.ts';
import type { ExportTableOptions } from './commands/tables/export-table.ts';
import type { ImportTableOptions } from './commands/tables/import-table.ts';

/** What commands are made with. */
interface CommandParts {
  /** Adds the options that say which server or store a command is about. */
  readonly addTargetOptions: (command: Command) => Command;
  /** Collects what a repeatable option is given. */
  readonly collect: (value: string, before: readonly string[]) => readonly string[];
  readonly endWith: (exitCode: number) => void;
}

const A_FILE = 'a file';
/** An import that was made goes on, or is taken back, as it was planned. */
const USES_OF_IMPORT = {
  resume: ['--resume'],
  undo: ['--undo'],
  ...Object.fromEntries(
    ['plan', 'column', 'sheet', 'skipHidden', 'clearEmpty', 'platform', 'confirm'].map((name) => [name, [A_FILE]]),
  ),
};

/** Adds the commands that take tables in and out. */
export function addTableCommands(mingce: Command, { addTargetOptions, collect, endWith }: CommandParts): void {
  const imports = addTargetOptions(
    mingce
      .command('import')
      .description('import employees from a table 从表格导入员工')
      .argument('[file]', 'CSV or .xlsx, - for standard input; without one, with --resume or --undo 表格文件')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--plan', 'only say what would change 仅检查', false)
      .option('--column <header=field>', 'what a column is; repeatable 指定列，可重复', collect, [])
      .option('--sheet <name>', 'the sheet of a workbook, else the first with text 工作表')
      .option('--skip-hidden', 'leave out rows that the sheet hides 跳过隐藏行', false)
      .option('--clear-empty', 'an empty cell takes the value away 空单元格清空字段', false)
      .option('--platform <name>', 'ask only this platform; repeatable 仅按此平台检查，可重复', collect, [])
      .option('--failed <file>', 'where rows that fail are kept, .xlsx or .csv 失败行文件')
      .addOption(confirmOption())
      .option('--resume <id>', 'go on with an import that ended 继续导入')
      .option('--undo <id>', 'take an import back 撤销导入')
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  );
  refuseUnusedOptions(imports, byOption(['resume', 'undo'], A_FILE), USES_OF_IMPORT).action(
    async (file: string | undefined, options: ImportTableOptions) => {
      endWith(await commands.importTable(file, options));
    },
  );

  addTargetOptions(
    mingce
      .command('bulk-edit')
      .description('give many employees the same values 批量更改员工')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--employee <id>', 'own id of an employee; repeatable 员工 ID，可重复', collect, [])
      .option('--search <text>', 'employees found by this 按文字搜索')
      .option('--department <id>', 'employees of this one and below 某部门及下级')
      .option('--status <names>', 'e.g. regular,probation 某些状态')
      .option('--everyone', 'all employees of the company 全部员工', false)
      .option('--set <field=value>', 'what they get, empty to clear; repeatable 新的值，可重复', collect, [])
      .option('--plan', 'only say what would change 仅检查', false)
      .option('--failed <file>', 'where those that fail are kept, .xlsx or .csv 失败行文件')
      .addOption(confirmOption())
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action(async (options: BulkEditOptions) => {
    endWith(await commands.bulkEdit(options));
  });

  addTargetOptions(
    mingce
      .command('export-table')
      .description('write employees as a table 导出员工表格')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--out <file>', 'where to; .xlsx or .csv 输出文件')
      .option('--format <name>', 'xlsx, csv or csv-gb18030 格式')
      .option('--template <platform>', 'the platform’s own table, e.g. wecom 平台模板')
      .option('--columns <names>', 'names of fields, with commas 列')
      .option('--department <id>', 'only of this one and below 仅某部门')
      .option('--status <name>', 'e.g. regular,probation 仅某些状态')
      .addOption(languageOption('of the header, zh or en 表头语言', 'zh'))
      .option('--raw', 'do not guard against formulas: for programs only 不防公式', false),
  ).action((options: ExportTableOptions) => commands.exportTable(options));
}
