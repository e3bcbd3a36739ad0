import type { Tenant } from '../../../directory/tenant.ts';
import { fieldsOf, type MatchedColumn, type TablePlatform } from '../columns/columns.ts';
import type { TableField } from '../columns/field.ts';
import { ImportError, type BulkEditField, type ValueWords } from '../contract.ts';
import { csvBytes } from '../formats/csv-out.ts';
import type { ImportPorts } from './import-ports.ts';

/** People, and the values that each of them gets. */
export interface BulkEdit {
  /** Own ids. */
  readonly ids: readonly string[];
  /** Cells by the names of fields; an empty one takes the value away. */
  readonly set: Readonly<Record<string, string>>;
}

/** Returns the fields that many people can get the same value of. */
export function bulkEditFields(tenant: Tenant, platforms: readonly TablePlatform[]): readonly BulkEditField[] {
  return fieldsOf(tenant, platforms).flatMap((field) => {
    const { name, zh, en, input, clear } = field;
    if (input === null) return [];
    const kind = input.kind === 'entry' ? 'choice' : input.kind;
    return [{ name, zh, en, kind, choices: choicesOf(field, tenant), clears: clear !== undefined }];
  });
}

function choicesOf({ input }: TableField, tenant: Tenant): readonly ValueWords[] {
  if (input?.kind === 'choice') return input.choices;
  if (input?.kind !== 'entry') return [];
  const entries = tenant.catalog(input.catalog).all.filter(({ enabled }) => enabled);
  return entries.map(({ id, name }) => ({ value: id, zh: name.value, en: name.i18n['en-US'] ?? name.value }));
}

/** Returns the columns of the table that says the same for each of the people; throws where it cannot be said. */
export function bulkEditColumns(
  { ids, set }: BulkEdit,
  tenant: Tenant,
  { platforms, limits }: Pick<ImportPorts, 'platforms' | 'limits'>,
): readonly MatchedColumn[] {
  if (ids.length === 0) throw new ImportError('people', { en: 'No employee is chosen.', zh: '没有选择员工。' });
  if (ids.length > limits.rows) {
    throw new ImportError('people', {
      en: `At most ${String(limits.rows)} people are changed at once; choose fewer.`,
      zh: `一次最多更改 ${String(limits.rows)} 人，请少选一些。`,
    });
  }
  const names = Object.keys(set);
  if (names.length === 0) {
    throw new ImportError('columns', {
      en: 'No field is to be changed; name at least one.',
      zh: '没有要更改的字段，请至少指定一个。',
    });
  }
  const fields = new Map(bulkEditFields(tenant, platforms).map((field) => [field.name, field]));
  for (const name of names) {
    const field = fields.get(name);
    if (field === undefined) {
      throw new ImportError('columns', {
        en: `The field ${name} is not one that many people share.`,
        zh: `字段 ${name} 不能批量更改。`,
      });
    }
    if (set[name]?.trim() === '' && !field.clears) {
      throw new ImportError('columns', { en: `The field ${name} cannot be empty.`, zh: `字段 ${name} 不能为空。` });
    }
  }
  return ['id', ...names].map((name) => ({ header: name, field: name, did_you_mean: [] }));
}

/** Yields the table as a file that an import reads, a row for each of the people. */
export function bulkEditTable({ ids, set }: BulkEdit): AsyncGenerator<Uint8Array, void, undefined> {
  return csvBytes(rowsOf(ids, set), { encoding: 'utf-8', isRaw: false });
}

async function* rowsOf(
  ids: readonly string[],
  set: BulkEdit['set'],
): AsyncGenerator<readonly string[], void, undefined> {
  yield ['id', ...Object.keys(set)];
  const values = Object.values(set);
  for (const id of ids) yield [id, ...values];
}
