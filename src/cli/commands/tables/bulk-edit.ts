import type { ImportView } from '../../../company/tables/contract.ts';
import { askedCompany, askedJson, askedServer, OF_VALUES } from '../../asked-server.ts';
import { UsageError } from '../../error-message.ts';
import { checkedAndApplied, type PlanOptions } from './import-table.ts';

/** The options of `mingce bulk-edit`. */
export interface BulkEditOptions extends PlanOptions {
  readonly employee: readonly string[];
  readonly search?: string;
  readonly department?: string;
  readonly status?: string;
  readonly everyone: boolean;
  readonly set: readonly string[];
}

/** Gives many people the same values, with a plan first; returns the exit code: 2 where some are refused. */
export async function bulkEdit(options: BulkEditOptions): Promise<number> {
  const body = { select: selectOf(options), set: setOf(options.set) };
  const ask = await askedServer(options);
  const company = encodeURIComponent(await askedCompany(ask, options.company));
  const base = `/mingce/v1/companies/${company}/imports`;
  const { id } = await askedJson<ImportView>(ask('POST', `${base}/people`, JSON.stringify(body)), OF_VALUES);
  return await checkedAndApplied(ask, `${base}/${id}`, options);
}

function selectOf({ employee, search, department, status, everyone }: BulkEditOptions): object {
  const filter = {
    ...(search === undefined ? {} : { q: search }),
    ...(department === undefined ? {} : { department }),
    ...(status === undefined ? {} : { status }),
  };
  const isFiltered = Object.keys(filter).length > 0;
  // A variable of a shell that is empty is no choice, and never everyone.
  if (Object.values(filter).some((text) => text.trim() === '')) {
    throw new UsageError(
      '--search, --department and --status need a value; --everyone is all. 筛选条件不能为空；全部员工请用 --everyone。',
    );
  }
  // Everyone is never what is meant by leaving the choice out.
  if (Number(employee.length > 0) + Number(isFiltered) + Number(everyone) !== 1) {
    throw new UsageError(
      'Choose by --employee, or by --search, --department and --status, or --everyone. 请用其中一种方式选择员工。',
    );
  }
  return employee.length > 0 ? { ids: employee } : { filter };
}

function setOf(given: readonly string[]): Readonly<Record<string, string>> {
  if (given.length === 0) throw new UsageError('Say what they get: --set status=离职. 请用 --set 指定新的值。');
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(`Write a value as field=value, not ${text}. 请写成 字段=值。`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
