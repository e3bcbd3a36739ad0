import Type from 'typebox';
import type { Decision, Gather } from '../../../directory/store.ts';
import { plainText } from '../../../directory/text.ts';
import type { Call, House, Reply, Route } from '../../dialect.ts';
import { admit, isTurnedAway, type Caller } from '../auth/caller.ts';
import { createDepartment, deleteDepartment, updateDepartment, type DepartmentWritten } from '../departments/write.ts';
import { done, refused } from '../protocol/envelope.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { decoded, isRefusal, type Members } from '../protocol/wire.ts';

const name = Type.String({ minLength: 1, maxLength: 64 });
const Id = Type.Integer({ minimum: 1, maximum: 0x7fff_ffff });
const more = {
  name_en: Type.Optional(name),
  order: Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff })),
};
const createBody = Type.Object({ name, parentid: Id, id: Type.Optional(Id), ...more });
const updateBody = Type.Object({ id: Id, name: Type.Optional(name), parentid: Type.Optional(Id), ...more });

/** 部门管理: making, changing and deleting departments, which 通讯录同步助手 alone may do. [public: 90205, 90313] */
export const departmentWriteRoutes: readonly Route[] = [
  {
    operation: 'department.create',
    method: 'POST',
    path: '/cgi-bin/department/create',
    body: createBody,
    answer: create,
  },
  {
    operation: 'department.update',
    method: 'POST',
    path: '/cgi-bin/department/update',
    body: updateBody,
    answer: update,
  },
  { operation: 'department.delete', method: 'GET', path: '/cgi-bin/department/delete', answer: remove },
];

/** 创建部门. https://developer.work.weixin.qq.com/document/path/90205 */
async function create(call: Call, house: House): Promise<Reply> {
  const { ids, newcomers } = house;
  // Made here: a work may be run again.
  const own = ids.fresh('d-');
  const written = await write(call, house, (caller, members, at) =>
    createDepartment(
      caller,
      members,
      (tenant, parent) => newcomers.department(tenant, own, plainText(''), parent, at),
      at,
    ),
  );
  return 'refusal' in written ? refuse(call, written.refusal) : done('created', { id: written.id });
}

/** 更新部门. https://developer.work.weixin.qq.com/document/path/90206 */
async function update(call: Call, house: House): Promise<Reply> {
  const written = await write(call, house, updateDepartment);
  return 'refusal' in written ? refuse(call, written.refusal) : done('updated', {});
}

/** 删除部门. https://developer.work.weixin.qq.com/document/path/90207 */
async function remove(call: Call, house: House): Promise<Reply> {
  const at = house.clock.now();
  const caller = await admit(call, 'contacts', house, at);
  if (isTurnedAway(caller)) return refuse(call, refusalOf(caller));
  const id = call.query.get('id') ?? '';
  const written = await house.store.write(() => deleteDepartment(caller, id, at));
  return 'refusal' in written ? refuse(call, written.refusal) : done('deleted', {});
}

async function write(
  call: Call,
  house: House,
  work: (caller: Caller, members: Members, at: number) => Gather<Decision<DepartmentWritten>>,
): Promise<DepartmentWritten> {
  const at = house.clock.now();
  const caller = await admit(call, 'contacts', house, at);
  if (isTurnedAway(caller)) return { refusal: refusalOf(caller) };
  const body = decoded(call.body, (members) => ({ members }));
  if (isRefusal(body)) return { refusal: body };
  return house.store.write(() => work(caller, body.members, at));
}

function refuse(call: Call, { returned }: Refusal): Reply {
  return refused(call, returned);
}
