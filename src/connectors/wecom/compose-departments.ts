import { problem } from '../composing.ts';
import { nameAndParent } from '../composing-departments.ts';
import type {
  ComposeProblem,
  DepartmentCreate,
  DepartmentRemove,
  DepartmentUpdate,
  Known,
  WriteRequest,
} from '../writing.ts';
import { CONTACT, NO_CONTACT, write } from './write-requests.ts';

/** The root in every company (contract wecom 4.6). */
const ROOT = '1';

/** Composes a write of a department (contract wecom-more 4). It has no code there. */
export function composeDepartment(
  intent: DepartmentCreate | DepartmentUpdate | DepartmentRemove,
  known: Known,
): WriteRequest | ComposeProblem {
  const { operation, subject } = intent;
  if (!known.target.secrets.has(CONTACT)) return problem(subject, null, 'no-right', NO_CONTACT);
  if (operation === 'department-remove') {
    return write({
      operation,
      call: 'department/delete',
      query: [['id', intent.liveId]],
      body: null,
      subject,
      fields: [],
    });
  }
  const parent = intent.parent === null ? ROOT : known.departments.get(intent.parent);
  if (operation === 'department-create') {
    if (parent === undefined) return problem(subject, 'parent', 'not-linked');
    const id = intent.liveId === null ? {} : { id: Number(intent.liveId) };
    const body = { name: intent.name, parentid: Number(parent), ...id };
    return write({ operation, call: 'department/create', body, subject, fields: [] });
  }
  const { changed } = intent;
  const fields = nameAndParent(intent, parent, 'parentid');
  if ('why' in fields) return fields;
  const body = {
    id: Number(intent.liveId),
    ...(changed.includes('name') ? { name: intent.name } : {}),
    ...(changed.includes('parent') ? { parentid: Number(parent) } : {}),
  };
  return write({ operation, call: 'department/update', body, subject, fields });
}
