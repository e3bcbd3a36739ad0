import { variantOf } from '../employees/api-version.ts';
import type { Call, DialectContext, Reply, Route } from '../../dialect.ts';
import type { Caller } from '../auth/caller.ts';
import { BAD_JSON, readBody, withPathId } from '../auth/guarded-route.ts';
import { isRefusal, refusalReply } from '../auth/structure-refusal.ts';
import {
  certificateId,
  certificateStaffUnknown,
  showCertificate,
  staffOfPath,
  updateCertificates,
} from '../employees/certificates.ts';
import { V11 } from '../protocol/api-paths.ts';
import { answer, errorReply } from '../protocol/errors.ts';
import { hoseOf } from '../protocol/wire.ts';
import { CertificatesBody, readCertificates } from '../protocol/wire-certificates.ts';

async function read(staff: string, { tenant }: Caller, call: Call, { store }: DialectContext): Promise<Reply> {
  const by = variantOf(call)?.by;
  if (by === undefined) return errorReply({ kind: 'invalid', subject: 'type' });
  const employee = await store.read(() => staffOfPath(staff, by, tenant.number));
  if (employee === null) return refusalReply(certificateStaffUnknown(staff));
  const { certificates = [] } = hoseOf(employee);
  return answer({ items: certificates.map((one) => showCertificate(one, employee, tenant)) });
}

async function write(staff: string, caller: Caller, call: Call, { store, now }: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  const sent = readCertificates(body.value);
  if (sent === null) return errorReply(BAD_JSON);
  const by = variantOf(call)?.by;
  if (by === undefined) return errorReply({ kind: 'invalid', subject: 'type' });
  const { tenant, app } = caller;
  const common = { dialect: 'hose', operation: 'staffs.certificate.update', app: app.id, request: call.requestId };
  const origin = { ...common, at: now(tenant) };
  const updated = await store.write(() => updateCertificates(staff, by, sent, tenant.number, origin));
  if (isRefusal(updated)) return refusalReply(updated);
  const { employee, after, saved: savedTypes, notSaved: notSavedTypes, verdicts } = updated;
  const certificateIds = after.map(({ type }) => certificateId(employee, type));
  const value = { certificateIds, savedTypes, notSavedTypes };
  return answer({ value }, { records: [{ employee: employee.id, verdicts }] });
}

const path = `${V11}/staffs/certificate/:staffId`;

/** 员工证件. */
export const staffCertificateRoutes: readonly Route[] = [
  {
    operation: 'staffs.certificate.get',
    method: 'GET',
    path,
    answer: withPathId('general-directory', 'staffId', read),
  },
  {
    operation: 'staffs.certificate.update',
    method: 'POST',
    path,
    body: CertificatesBody,
    answer: withPathId('general-directory', 'staffId', write),
  },
];
