import { plainText } from '../../../directory/text.ts';
import type { Route } from '../../dialect.ts';
import { createDepartment } from '../departments/create.ts';
import {
  deleteDepartment,
  updateDepartment,
  type DepartmentRequest,
  type DepartmentWritten,
} from '../departments/write.ts';
import type { Done } from '../protocol/envelope.ts';
import type { FieldKinds } from '../protocol/lenient.ts';
import { posted, queried, writeAs, type Answer, type PostedRequest } from './operation.ts';

const FIELDS: FieldKinds = { id: 'number', name: 'text', name_en: 'text', parentid: 'number', order: 'number' };

/** 部门管理: making, changing and deleting departments, which 通讯录同步助手 alone may do. [public: 90205, 90313] */
export const departmentWriteRoutes: readonly Route[] = [
  ...posted({
    operation: 'department.create',
    path: '/cgi-bin/department/create',
    permission: 'write',
    fields: FIELDS,
    needsField: true,
    answer: create,
  }),
  ...posted({
    operation: 'department.update',
    path: '/cgi-bin/department/update',
    permission: 'write',
    fields: FIELDS,
    needsField: true,
    answer: async (request) =>
      answered(
        await writeAs(request, 'department.update', () => updateDepartment(request.caller, asked(request), request.at)),
        'updated',
      ),
  }),
  ...queried({
    operation: 'department.delete',
    path: '/cgi-bin/department/delete',
    permission: 'write',
    answer: async (request) => {
      const { call, caller, at } = request;
      const id = call.query.get('id') ?? '';
      return answered(await writeAs(request, 'department.delete', () => deleteDepartment(caller, id, at)), 'deleted');
    },
  }),
];

/** 创建部门. https://developer.work.weixin.qq.com/document/path/90205 */
async function create(request: PostedRequest): Promise<Answer> {
  const { context, caller, at } = request;
  // Made here: a work may be run again.
  const own = context.ids.fresh('d-');
  const written = await writeAs(request, 'department.create', () =>
    createDepartment(
      caller,
      asked(request),
      (tenant, parent) => context.recordFactory.department(tenant, own, plainText(''), parent, at),
      at,
    ),
  );
  return answered(written, 'created', true);
}

/** The fields were read by their kinds. */
function asked({ members, unreadable }: PostedRequest): DepartmentRequest {
  return { ...members, unreadable };
}

function answered(written: DepartmentWritten, done: Done, isIdTold = false): Answer {
  if ('refusal' in written) return { refusal: written.refusal };
  return { done, body: isIdTold ? { id: written.id } : {} };
}
