import { problem } from '../composing.ts';
import type {
  ComposeProblem,
  DepartmentCreate,
  DepartmentRemove,
  DepartmentUpdate,
  Known,
  PartField,
  WriteRequest,
} from '../writing.ts';
import { write } from './write-requests.ts';

const THEIRS = { name: 'name', parent: 'parentId', code: 'code' } as const;

/** Composes a write of a department (contract 5.6): an update must carry name, code and parent, whatever changes. */
export function composeDepartment(
  intent: DepartmentCreate | DepartmentUpdate | DepartmentRemove,
  known: Known,
): WriteRequest | ComposeProblem {
  const { operation, subject } = intent;
  if (operation === 'department-remove') {
    const path = `/v1/departments/disableOrEnableDepartment/$${encodeURIComponent(intent.liveId)}`;
    const parts = [{ subject, fields: [] }];
    return write(operation, 'departments.disable', 'PUT', path, {}, parts, [['active', 'false']]);
  }
  // The root is named by no id at all.
  const parentId = intent.parent === null ? '' : known.departments.get(intent.parent);
  if (parentId === undefined) return problem(subject, 'parent', 'not-linked');
  if (operation === 'department-create') {
    const body = { name: intent.name, code: intent.code ?? '', parentId };
    const parts = [{ subject, fields: [] }];
    return write(operation, 'departments.create', 'POST', '/v1/departments', body, parts);
  }
  if (intent.code === undefined) return problem(subject, 'code', 'incomplete');
  const values = { name: intent.name, parent: intent.parent, code: intent.code };
  const fields = intent.changed.map((field): PartField => ({ field, to: values[field], theirs: THEIRS[field] }));
  const body = { name: intent.name, code: intent.code, parentId };
  const path = `/v1/departments/update/$${encodeURIComponent(intent.liveId)}`;
  return write(operation, 'departments.update', 'PUT', path, body, [{ subject, fields }]);
}
