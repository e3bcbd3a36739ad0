import type { Store } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { readMedia, type Media } from '../media/kept-media.ts';
import { DEPARTMENT_ID, departmentIdOf, foldUserid } from '../model/ids.ts';
import type { Refusal } from '../protocol/errors.ts';
import { departmentsInFile, parentsFirst, type DepartmentRow } from './department-file.ts';
import type { ImportType } from './job.ts';
import { membersInFile, type MemberRow } from './member-file.ts';
import { INVALID_FILE } from './table.ts';

/** What an import carries out. */
export type ImportFile =
  | {
      readonly members: readonly MemberRow[];
      /** Folded. */
      readonly userids: ReadonlySet<string>;
    }
  | {
      /** Parents in front. */
      readonly departments: readonly DepartmentRow[];
      readonly numbers: ReadonlySet<number>;
    };

/** Reads the file of an import, or says why it is refused as a whole. */
export async function readImportFile(
  store: Store,
  tenant: Tenant,
  type: ImportType,
  media: Media,
): Promise<ImportFile | Refusal> {
  const bytes = await readMedia(store, tenant.number, media);
  if (bytes === null) return INVALID_FILE;
  if (type === 'replace_party') {
    const known = {
      root: departmentIdOf(tenant.departments.root),
      has: (id: number) => tenant.departments.by(DEPARTMENT_ID, String(id)) !== undefined,
    };
    const rows = await departmentsInFile(bytes, known);
    if ('returned' in rows) return rows;
    return { departments: parentsFirst(rows), numbers: new Set(rows.map(({ id }) => id)) };
  }
  const members = await membersInFile(bytes);
  if ('returned' in members) return members;
  return { members, userids: new Set(members.map(({ userid }) => foldUserid(userid))) };
}

/** How many rows a file has. */
export function rowCount(file: ImportFile): number {
  return 'members' in file ? file.members.length : file.departments.length;
}
