import { givenValues, pieces, problem, runsOf, updateOf, wantedOf, type Wanted } from '../composing.ts';
import type { OutboundRequest } from '../connector.ts';
import type {
  Composed,
  ComposeProblem,
  Known,
  Operation,
  PersonCreate,
  PersonUpdate,
  RequestPart,
  WriteRequest,
} from '../writing.ts';
import { composeDepartment } from './compose-departments.ts';
import { fields } from './fields.ts';
import { staffMembers } from './values.ts';
import { write } from './write-requests.ts';

/** The most elements of a batch (contract 3). */
const BATCH = 100;
/** Ids in a path: more would make an address that is too long for some servers. */
const IDS_IN_A_PATH = 50;

/** An element of an update, and what it is about. */
interface Element {
  readonly liveId: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly part: RequestPart;
}

/** Composes what Hose is asked: updates that follow each other go together, a hundred in a call (contract 2, 3, 5.3–5.6). */
export function compose(given: Parameters<typeof runsOf>[0], known: Known): Composed {
  const requests: WriteRequest[] = [];
  const problems: ComposeProblem[] = [];
  for (const run of runsOf(given)) {
    switch (run.operation) {
      case 'update':
        requests.push(...updates(run.operation, elementsOf(run.intents, known, problems)));
        break;
      case 'create':
        for (const intent of run.intents) {
          const request = creation(intent, known, problems);
          if (request !== null) requests.push(request);
        }
        break;
      case 'leave':
        requests.push(...activation('leave', run.intents, false));
        break;
      case 'return':
        // Who comes back has no seat until one is given (contract 5.4).
        requests.push(...activation('return', run.intents, true), ...seats(run.intents));
        requests.push(
          ...updates(
            'return',
            elementsOf(
              run.intents.map((intent) => updateOf(intent, known)),
              known,
              problems,
            ),
          ),
        );
        break;
      case 'freeze':
        problems.push(...run.intents.map(({ subject }) => problem(subject, null, 'not-writable')));
        break;
      default:
        for (const intent of run.intents) {
          const one = composeDepartment(intent, known);
          if ('why' in one) problems.push(one);
          else requests.push(one);
        }
    }
  }
  return { requests, problems };
}

/** Returns both halves of a batch of updates. */
export function halves(request: WriteRequest): readonly WriteRequest[] {
  if (request.call !== 'staffs.batchUpdate' || request.body === null) return [];
  const { staffList } = JSON.parse(request.body) as { readonly staffList: readonly Record<string, unknown>[] };
  const elements = staffList.map(({ id, ...body }, index) => ({
    liveId: String(id),
    body,
    part: request.parts[index] ?? { subject: '', fields: [] },
  }));
  const middle = Math.ceil(elements.length / 2);
  return [elements.slice(0, middle), elements.slice(middle)].flatMap((half) => updates(request.operation, half));
}

/** Brings people with their differences into the form of an update; who has none is left out. */
function elementsOf(intents: readonly PersonUpdate[], known: Known, problems: ComposeProblem[]): readonly Element[] {
  return intents.flatMap((intent): readonly Element[] => {
    const { subject, liveId } = intent;
    const { wanted, custom, problems: refused } = wantedOf(intent, fields);
    const { members, fields: written, problems: unknown } = staffMembers(subject, wanted, custom, known);
    problems.push(...refused, ...unknown);
    if (written.length === 0) return [];
    // Every update must carry the name (contract 2.2).
    const name = members['name'] ?? known.live.get(subject)?.values.name;
    if (typeof name !== 'string' || name === '') {
      problems.push(
        problem(subject, null, 'incomplete', { en: 'Every update must carry the name.', zh: '每次更新均须提供姓名。' }),
      );
      return [];
    }
    return [{ liveId, body: { name, ...members }, part: { subject, fields: written } }];
  });
}

function updates(operation: Operation, elements: readonly Element[]): readonly WriteRequest[] {
  return pieces(elements, BATCH).map((some) => {
    const parts = some.map(({ part }) => part);
    const [only] = some;
    if (some.length > 1 || only === undefined) {
      const staffList = some.map(({ liveId, body }) => ({ id: liveId, ...body }));
      return write(operation, 'staffs.batchUpdate', 'PUT', '/v1.1/staffs/batch/update', { staffList }, parts);
    }
    const path = `/v1.1/staffs/update/$${encodeURIComponent(only.liveId)}`;
    return write(operation, 'staffs.update', 'PUT', path, only.body, parts);
  });
}

function creation(intent: PersonCreate, known: Known, problems: ComposeProblem[]): WriteRequest | null {
  const { subject, custom = {} } = intent;
  const { wanted: writable, problems: unwritable } = givenValues(intent, fields);
  problems.push(...unwritable);
  const given = Object.entries(custom).filter(([, value]) => value !== null);
  const isReviving = ([field, to]: Wanted): boolean =>
    field === 'email' && typeof to === 'string' && known.reviving?.has(to.toLowerCase()) === true;
  if (writable.some(isReviving)) problems.push(problem(subject, 'email', 'of-left'));
  const wanted = writable.filter((one) => !isReviving(one));
  const composed = staffMembers(subject, wanted, given, known);
  problems.push(...composed.problems);
  const { members } = composed;
  const has = (name: string): boolean => members[name] !== undefined && members[name] !== '';
  if (!has('name') || !has('departments') || !(has('cellphone') || has('email'))) {
    problems.push(problem(subject, null, 'incomplete', CREATION));
    return null;
  }
  const userid = intent.liveId === null ? {} : { userid: intent.liveId.split(':').at(-1) };
  // `useSendEmail` is named the wrong way round: true forbids the mail. Without `useNewAccount` the record of who left with
  // the same phone would become the newcomer's; of a mail it is not said that it helps (contract 5.3).
  const body = { ...members, ...userid, useSendEmail: true, useNewAccount: true };
  return write('create', 'staffs.create', 'POST', '/v1.1/staffs', body, [{ subject, fields: composed.fields }]);
}

const CREATION = {
  en: 'A new person needs a name, departments that are linked, and a mobile or a mail address.',
  zh: '新增员工须有姓名、已关联的部门，以及手机号或邮箱。',
};

function activation(
  operation: 'leave' | 'return',
  intents: readonly { readonly subject: string; readonly liveId: string }[],
  active: boolean,
): readonly WriteRequest[] {
  return pieces(intents, IDS_IN_A_PATH).map((some) => {
    const ids = some.map(({ liveId }) => encodeURIComponent(liveId)).join(',');
    const query: OutboundRequest['query'] = [
      ['active', String(active)],
      // Who still has items to approve is not removed (contract 5.4).
      ...(active ? [] : ([['doCheck', 'true']] as const)),
    ];
    const call = active ? 'staffs.enable' : 'staffs.disable';
    const path = `/v1.1/staffs/disableOrEnableStaff/[${ids}]`;
    return write(operation, call, 'PUT', path, {}, partsOf(some), query);
  });
}

function seats(intents: readonly { readonly subject: string; readonly liveId: string }[]): readonly WriteRequest[] {
  return pieces(intents, BATCH).map((some) => {
    const body = { type: 'id', addStaff: some.map(({ liveId }) => liveId), delStaff: [] };
    return write('return', 'staffs.authorise', 'POST', '/v1/charge/powers/authStaff', body, partsOf(some));
  });
}

function partsOf(intents: readonly { readonly subject: string }[]): readonly RequestPart[] {
  return intents.map(({ subject }) => ({ subject, fields: [] }));
}
