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
import { write } from './write-requests.ts';

const DEPARTMENTS = '/directory/v1/departments';
/** The root in both kinds of ids (contract 1.7). */
const ROOT = '0';

/** Composes a write of a department (contract 4.8): only what changes is sent. It has no code there. */
export function composeDepartment(
  intent: DepartmentCreate | DepartmentUpdate | DepartmentRemove,
  known: Known,
): WriteRequest | ComposeProblem {
  const { operation, subject } = intent;
  if (operation === 'department-remove') {
    const path = `${DEPARTMENTS}/${encodeURIComponent(intent.liveId)}`;
    const part = { subject, fields: [] };
    return write({ operation, call: 'directory.departments.delete', method: 'DELETE', path, body: {}, part }, known);
  }
  const parent = intent.parent === null ? ROOT : known.departments.get(intent.parent);
  if (operation === 'department-create') {
    if (parent === undefined) return problem(subject, 'parent', 'not-linked');
    const body = {
      department: {
        custom_department_id: chosenId(intent, known),
        name: { default_value: intent.name },
        parent_department_id: parent,
      },
    };
    const part = { subject, fields: [] };
    return write(
      { operation, call: 'directory.departments.create', method: 'POST', path: DEPARTMENTS, body, part },
      known,
    );
  }
  const { changed } = intent;
  const fields = nameAndParent(intent, parent, 'parent_department_id');
  if ('why' in fields) return fields;
  const body = {
    department: {
      ...(changed.includes('name') ? { name: { default_value: intent.name } } : {}),
      ...(changed.includes('parent') ? { parent_department_id: parent } : {}),
    },
  };
  const path = `${DEPARTMENTS}/${encodeURIComponent(intent.liveId)}`;
  const part = { subject, fields };
  return write({ operation, call: 'directory.departments.patch', method: 'PATCH', path, body, part }, known);
}

/** The platform gives the open id; the other one is chosen, so that a repeated creation is refused by it (2221306). */
function chosenId({ subject, liveId }: DepartmentCreate, known: Known): string {
  return liveId !== null && !liveId.startsWith('od-') ? liveId : known.key(subject).slice(0, 32);
}
