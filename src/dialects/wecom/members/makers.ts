import { plainText } from '../../../directory/text.ts';
import type { DialectContext } from '../../dialect.ts';
import type { RecordMakers } from './write.ts';

/** What makes the records of one write. Ids are made here: a work may be run again. */
export function makersOf(
  { ids, recordFactory }: Pick<DialectContext, 'ids' | 'recordFactory'>,
  at: number,
): RecordMakers {
  const titleId = ids.fresh('t-');
  const employeeId = ids.fresh('e-');
  const departmentIds: string[] = [];
  return {
    makeTitle: (tenant, name) => recordFactory.catalogEntry(tenant, 'job-title', titleId, plainText(name), at),
    makeEmployee: (tenant) => recordFactory.employee(tenant, employeeId, plainText(''), at),
    makeDepartment: (tenant, name, parent, index) =>
      recordFactory.department(tenant, (departmentIds[index] ??= ids.fresh('d-')), plainText(name), parent, at),
  };
}
