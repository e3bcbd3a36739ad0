import type {
  FieldName,
  Finding,
  LiveTarget,
  LiveTask,
  OutboundRequest,
  ProbeCheck,
  ProbeResult,
  Reply,
  Words,
} from '../connector.ts';
import { failed, findingsOf, passed, UNPROVEN } from '../probe-findings.ts';
import { ask, listOf, member, textOf } from '../texts.ts';
import { fields } from './fields.ts';
import { memberOf, reasonOf } from './reads.ts';
import { departmentIds, departmentList, rosterFields, staffInfo, userIds, userList } from './requests.ts';
import { rosterFieldsIn, rosterValues } from './roster-fields.ts';

/** Checks what each secret may do: what one is refused is often what another is for. */
export function* probe(target: LiveTarget): LiveTask<ProbeResult> {
  const { secrets } = target;
  const checks: ProbeCheck[] = [];
  const tried = function* (secret: string, request: OutboundRequest, tell: (json: unknown) => Words): LiveTask<Reply> {
    const reply = yield* ask(request);
    const { verdict, json } = reply;
    checks.push(
      verdict.kind === 'ok' ? passed(request.call, secret, tell(json)) : failed(request.call, secret, verdict),
    );
    return reply;
  };
  const seen = new Set<string>();
  let someone = '';
  if (secrets.has('contact')) {
    const ids = yield* tried(
      'contact',
      departmentIds('contact'),
      countOf('department_id', 'department ids', '个部门 ID'),
    );
    const people = yield* tried(
      'contact',
      userIds('contact', '', 100),
      countOf('dept_user', 'rows of ids', '条成员 ID'),
    );
    someone = textOf(member(people.json, 'dept_user', 0, 'userid'));
    // What the contact secret still reads shows how old its address is (contract wecom-more 1.3).
    if (ids.verdict.kind === 'ok') {
      yield* tried('contact', userList('contact', '1'), () => ({ en: 'details too', zh: '含成员详情' }));
    }
  }
  if (secrets.has('reading')) {
    const list = yield* tried('reading', departmentList('reading'), countOf('department', 'departments', '个部门'));
    for (const department of listOf(member(list.json, 'department')).slice(0, 5)) {
      const { json } = yield* tried(
        'reading',
        userList('reading', textOf(member(department, 'id'))),
        countOf('userlist', 'members', '名成员'),
      );
      const first = member(json, 'userlist', 0);
      if (first === undefined) continue;
      someone = textOf(member(first, 'userid'));
      for (const field of Object.keys(memberOf(first))) seen.add(field);
      break;
    }
  }
  if (secrets.has('hr')) {
    const listed = yield* tried('hr', rosterFields('hr'), (json) => rosterWords(json, target));
    const found = rosterFieldsIn(listed.json, target);
    if (listed.verdict.kind === 'ok' && someone !== '' && found.length > 0) {
      const request = staffInfo(
        'hr',
        someone,
        found.map(({ id }) => id),
      );
      const { json } = yield* tried('hr', request, countOf('field_info', 'fields of one member', '个字段（一名成员）'));
      for (const field of Object.keys(rosterValues(json, found))) seen.add(field);
    }
  }
  const wrote = (write: string): Finding =>
    (write.includes('(contact)') && secrets.has('contact')) || (write.includes('(hr)') && secrets.has('hr'))
      ? UNPROVEN
      : { can: 'no', why: writeReason(write) };
  const readOf = (field: FieldName, read: string): Finding =>
    seen.has(field)
      ? { can: 'yes' }
      : someone === ''
        ? { can: 'unproven', why: { en: 'No member could be read.', zh: '未能读取任何成员。' } }
        : { can: 'no', why: reasonOf(read, secrets) };
  return {
    checks,
    fields: findingsOf(fields, ({ field, read, write }) => ({
      read: readOf(field, read ?? ''),
      write: wrote(write ?? ''),
    })),
  };
}

function writeReason(write: string): Words {
  const needs = ['contact', 'hr'].filter((secret) => write.includes(`(${secret})`)).join(' / ');
  return { en: `Needs the secret ${needs}.`, zh: `需要 ${needs}。` };
}

const countOf =
  (key: string, en: string, zh: string) =>
  (json: unknown): Words => {
    const count = String(listOf(member(json, key)).length);
    return { en: `${count} ${en}`, zh: `${count} ${zh}` };
  };

/** Names the fields of the roster that were found by name only, so that they can be confirmed. */
function rosterWords(json: unknown, target: LiveTarget): Words {
  const found = rosterFieldsIn(json, target);
  const guessed = found.filter(({ by }) => by === 'name').map(({ field, id }) => `${field} ${String(id)}`);
  const count = String(found.length);
  return guessed.length === 0
    ? { en: `${count} fields of the roster`, zh: `${count} 个花名册字段` }
    : {
        en: `${count} fields of the roster; found by name, confirm under fields: ${guessed.join(', ')}`,
        zh: `${count} 个花名册字段；以下按名称找到，请在 fields 中确认：${guessed.join('，')}`,
      };
}
