import type { Finding, LiveTask, OutboundRequest, ProbeCheck, ProbeResult, Reply, Words } from '../connector.ts';
import { failed, findingsOf, passed, UNPROVEN } from '../probe-findings.ts';
import { ask, listOf, member, textOf } from '../texts.ts';
import { fields } from './fields.ts';
import { corporation, departmentPage, dimensionPage, staffFields, staffPage } from './requests.ts';

const SECRET = 'app_security';

/** Checks what the key may read; the first staff object shows which fields an answer really carries. */
export function* probe(): LiveTask<ProbeResult> {
  const checks: ProbeCheck[] = [];
  const tried = function* (request: OutboundRequest, tell: (reply: Reply) => Words): LiveTask<Reply> {
    const reply = yield* ask(request);
    checks.push(
      reply.verdict.kind === 'ok'
        ? passed(request.call, SECRET, tell(reply))
        : failed(request.call, SECRET, reply.verdict),
    );
    return reply;
  };
  const company = yield* tried(corporation(), ({ json }) => {
    const name = textOf(member(json, 'value', 'name'));
    return { en: `the key belongs to ${name}`, zh: `密钥所属企业：${name}` };
  });
  // Where the key itself is refused, all others would be as well.
  if (company.verdict.kind === 'unreachable' || company.verdict.message === '密钥无效') {
    return { checks, fields: {} };
  }
  yield* tried(departmentPage(0), countOf('departments', '个部门'));
  yield* tried(dimensionPage(0), countOf('archives', '个档案'));
  yield* tried(staffFields(), ({ json }) => {
    const count = String(listOf(member(json, 'items')).length);
    return { en: `${count} fields of staff`, zh: `${count} 个员工字段` };
  });
  const people = yield* tried(staffPage(0), countOf('staff', '名员工'));
  const first = listOf(member(people.json, 'items'))[0];
  const reads: Finding =
    people.verdict.kind !== 'ok'
      ? { can: 'no', why: people.verdict.remedy ?? { en: people.verdict.message, zh: people.verdict.message } }
      : first === undefined
        ? { can: 'unproven', why: { en: 'There is no one to read.', zh: '没有可读取的员工。' } }
        : { can: 'yes' };
  return { checks, fields: findingsOf(fields, () => ({ read: reads, write: UNPROVEN })) };
}

const countOf =
  (en: string, zh: string) =>
  ({ json }: Reply): Words => {
    const count = String(Number(member(json, 'count')) || 0);
    return { en: `${count} ${en}`, zh: `${count} ${zh}` };
  };
