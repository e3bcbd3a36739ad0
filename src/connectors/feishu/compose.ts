import { givenValues, isNone, problem, updateOf, wantedOf } from '../composing.ts';
import type {
  ComposeProblem,
  Composed,
  Intent,
  Known,
  PersonCreate,
  PersonReturn,
  PersonUpdate,
  WriteRequest,
} from '../writing.ts';
import { composeDepartment } from './compose-departments.ts';
import { fields } from './fields.ts';
import { employeeMembers } from './values.ts';
import { write } from './write-requests.ts';

const EMPLOYEES = '/directory/v1/employees';

/** Composes what Feishu is asked: one call a person, by the directory; only clearing the join date takes another (contract 2, 4.1–4.3). */
export function compose(intents: readonly Intent[], known: Known): Composed {
  const requests: WriteRequest[] = [];
  const problems: ComposeProblem[] = [];
  for (const intent of intents) {
    const composed = composeOne(intent, known);
    requests.push(...composed.requests);
    problems.push(...composed.problems);
  }
  return { requests, problems };
}

function composeOne(intent: Intent, known: Known): Composed {
  const { operation, subject } = intent;
  switch (operation) {
    case 'update':
      return update(intent, known);
    case 'create':
      return creation(intent, known);
    case 'return':
      return comeback(intent, known);
    case 'freeze': {
      const fields = { frozen: { to: intent.frozen } };
      const { requests, problems } = update({ operation: 'update', subject, liveId: intent.liveId, fields }, known);
      return { requests: requests.map((request) => ({ ...request, operation })), problems };
    }
    case 'leave': {
      const path = `${EMPLOYEES}/${encodeURIComponent(intent.liveId)}`;
      const part = { subject, fields: [] };
      return only(
        write({ operation, call: 'directory.employees.delete', method: 'DELETE', path, body: {}, part }, known),
      );
    }
    default: {
      const one = composeDepartment(intent, known);
      return 'why' in one ? { requests: [], problems: [one] } : only(one);
    }
  }
}

function update(intent: PersonUpdate, known: Known): Composed {
  const { operation, subject, liveId } = intent;
  const { wanted, custom, problems } = wantedOf(intent, fields);
  // The directory refuses to clear it (2221210), contact v3 does not (contract feishu-contact 2.6).
  const clearsJoinDate = wanted.some(([field, to]) => field === 'joinDate' && isNone(to));
  const others = wanted.filter(([field, to]) => field !== 'joinDate' || !isNone(to));
  const composed = employeeMembers(subject, others, custom, known);
  const requests: WriteRequest[] = [];
  const id = encodeURIComponent(liveId);
  if (composed.fields.length > 0) {
    const part = { subject, fields: composed.fields };
    const body = { employee: composed.members };
    const path = `${EMPLOYEES}/${id}`;
    requests.push(write({ operation, call: 'directory.employees.patch', method: 'PATCH', path, body, part }, known));
  }
  if (clearsJoinDate) {
    const part = { subject, fields: [{ field: 'joinDate' as const, to: null, theirs: 'join_time' }] };
    const path = `/contact/v3/users/${id}`;
    const body = { join_time: 0 };
    requests.push(write({ operation, call: 'contact.users.patch', method: 'PATCH', path, body, part }, known));
  }
  return { requests, problems: [...problems, ...composed.problems] };
}

function creation(intent: PersonCreate, known: Known): Composed {
  const { operation, subject, custom = {} } = intent;
  const { wanted, problems } = givenValues(intent, fields);
  const texts = Object.entries(custom).filter(([, value]) => !isNone(value));
  const composed = employeeMembers(subject, wanted, texts, known);
  const all = [...problems, ...composed.problems];
  const { members } = composed;
  const missing = ['name', 'employee_order_in_departments'].some((name) => members[name] === undefined);
  if (missing || (members['mobile'] === undefined && members['email'] === undefined)) {
    return { requests: [], problems: [...all, problem(subject, null, 'incomplete', CREATION)] };
  }
  const body = { employee: { custom_employee_id: chosenId(intent, known), ...members } };
  const part = { subject, fields: composed.fields };
  const request = write(
    { operation, call: 'directory.employees.create', method: 'POST', path: EMPLOYEES, body, part },
    known,
  );
  return { requests: [request], problems: all };
}

/** The id that a new person gets, ours or one of our key: a repeated creation is refused by it (2221115). */
function chosenId({ subject, liveId }: PersonCreate, known: Known): string {
  return liveId ?? known.key(subject).slice(0, 32);
}

const CREATION = {
  en: 'A new person needs a name, departments that are linked, and a mobile or a mail address.',
  zh: '新增员工须有姓名、已关联的部门，以及手机号或邮箱。',
};

/** Departments are not restored by themselves (contract 4.3), so they are sent with the return. */
function comeback(intent: PersonReturn, known: Known): Composed {
  const { operation, subject, liveId, values } = intent;
  const place = (['department', 'mainDepartment'] as const).flatMap((field) => {
    const value = values[field];
    return value === undefined || isNone(value) ? [] : [[field, value] as const];
  });
  const { members, fields: written, problems } = employeeMembers(subject, place, [], known);
  const path = `${EMPLOYEES}/${encodeURIComponent(liveId)}/resurrect`;
  const part = { subject, fields: written };
  const back = write(
    { operation, call: 'directory.employees.resurrect', method: 'POST', path, body: members, part },
    known,
  );
  const { department: _, mainDepartment: __, ...rest } = updateOf(intent, known).fields;
  const after = update({ operation: 'update', subject, liveId, fields: rest }, known);
  return {
    requests: [back, ...after.requests.map((request) => ({ ...request, operation }))],
    problems: [...problems, ...after.problems],
  };
}

function only(request: WriteRequest): Composed {
  return { requests: [request], problems: [] };
}
