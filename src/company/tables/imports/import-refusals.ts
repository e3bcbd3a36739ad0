import { ImportError, type ImportState } from '../contract.ts';

/** The refusal of an id that no import of the company has. */
export function noImport(): ImportError {
  return new ImportError('no-import', { en: 'There is no such import.', zh: '没有这次导入，可能已被删除。' });
}

/** The refusal of a company that there is not. */
export function noCompany(key: string): ImportError {
  return new ImportError('no-company', { en: `There is no company "${key}".`, zh: `没有公司「${key}」。` });
}

/** The refusal of a field that no column can be. */
export function noField(name: string): ImportError {
  return new ImportError('columns', { en: `There is no field ${name}.`, zh: `没有字段 ${name}。` });
}

/** The refusal of a platform that no row can be checked with. */
export function noPlatform(name: string): ImportError {
  return new ImportError('columns', {
    en: `No platform ${name} can be asked here.`,
    zh: `这里不能按平台 ${name} 检查。`,
  });
}

/** The refusal of two columns that would fill one field. */
export function fieldTwice(): ImportError {
  return new ImportError('columns', { en: 'Two columns have the same field.', zh: '两列对应同一个字段。' });
}

/** The refusal of a list of fields that is not as long as the table is wide. */
export function otherWidth(columns: number): ImportError {
  const number = String(columns);
  return new ImportError('columns', {
    en: `The table has ${number} columns; give a field or null for each.`,
    zh: `表格有 ${number} 列，请为每一列指定字段或 null。`,
  });
}

/** Says which row was taken for the header: a title is often above it, or a sheet of explanations before it. */
export function noColumn(headers: readonly string[]): ImportError {
  const shown = headers.filter((header) => header !== '').map((header) => header.slice(0, MAX_SHOWN));
  const first = shown.slice(0, 3).join(' | ');
  return new ImportError('columns', {
    en: `No column is matched with a field. The header is the first row with text, of a workbook that of the sheet that is read; here it is 「${first}」. Remove what is above it, choose another sheet, or choose the columns by hand.`,
    zh: `没有一列与字段对应。表头是第一行有文字的行（工作簿为所读取的工作表），这里是「${first}」。请删除表头上方的内容，改选工作表，或手动指定各列。`,
  });
}

/** So much of a header is quoted. */
const MAX_SHOWN = 60;

/** The refusal of a step while another is under way. */
export function busy(): ImportError {
  return new ImportError('busy', {
    en: 'Another import runs; wait for it, or pause it.',
    zh: '另一次导入正在进行，请等待或将其暂停。',
  });
}

/** The refusal of a step of an import that is under way itself. */
export function runs(next: 'wait' | 'pause'): ImportError {
  return next === 'wait'
    ? new ImportError('busy', {
        en: 'The import runs; wait for it, or pause it.',
        zh: '这次导入正在进行，请等待或将其暂停。',
      })
    : new ImportError('busy', { en: 'The import runs; pause it first.', zh: '这次导入正在进行，请先暂停。' });
}

/** The refusal to pause what is not under way. */
export function runsNot(): ImportError {
  return new ImportError('not-now', { en: 'The import does not run.', zh: '这次导入没有在进行。' });
}

const STATES: Readonly<Record<ImportState, string>> = {
  uploaded: '已上传',
  checking: '正在检查',
  checked: '已检查',
  applying: '正在写入',
  paused: '已暂停',
  applied: '已写入',
  undoing: '正在撤销',
  undone: '已撤销',
  failed: '失败',
};

/** The refusal of a step that an import in this state does not have. */
export function notNow(state: ImportState, wanted: ImportState): ImportError {
  return new ImportError('not-now', {
    en: `The import is ${state}; that can only be done when it is ${wanted}.`,
    zh: `这次导入的状态是「${STATES[state]}」，只有「${STATES[wanted]}」时才能这样做。`,
  });
}

/** The refusal of an import with which more would leave than are let go without a number. */
export function unconfirmed(removes: number, present: number): ImportError {
  const [leaving, all] = [String(removes), String(present)];
  return new ImportError('confirm', {
    en:
      `${leaving} of ${all} employees would leave; nothing was written. ` +
      `If that is meant, confirm the number: {"confirm": ${leaving}}, or mingce with --confirm ${leaving}.`,
    zh:
      `将有 ${leaving} 名员工离职，公司共 ${all} 名；未写入。` +
      `如确需如此，请确认人数：{"confirm": ${leaving}}，或在 mingce 命令中加 --confirm ${leaving}。`,
  });
}

/** The refusal of a plan that is out of date. */
export function directoryChanged(): ImportError {
  return new ImportError('changed', {
    en: 'The directory was changed after the check; check the table again.',
    zh: '检查之后通讯录有变更，请重新检查表格。',
  });
}
