import isIdentityCardModule from 'validator/lib/isIdentityCard.js';
import { changedFields, type Origin } from '../../../directory/history/change.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { FieldResult } from '../../../directory/verdict.ts';
import { deepEqual } from '../../../lib/json-equal.ts';
import type { StructureRefusal } from '../auth/structure-refusal.ts';
import { spaces } from '../model/ids.ts';
import { settingsOf } from '../model/settings.ts';
import { further } from '../protocol/further-codes.ts';
import { hoseOf } from '../protocol/wire.ts';
import { CERTIFICATE_TYPES, type Certificate, type CertificateData } from '../protocol/wire-certificates.ts';
import { isActive } from './view.ts';

/** As its types say, Node hands out the CommonJS module whole. */
const isIdentityCard = isIdentityCardModule.default;

const KNOWN_TYPES: ReadonlySet<string> = new Set(CERTIFICATE_TYPES);

/** What is wrong with certificates as sent: the first fault of the first one that has any. */
function certificateRefusal(sent: readonly CertificateData[]): StructureRefusal | null {
  for (const { type, number } of sent) {
    if (!KNOWN_TYPES.has(type))
      return { problem: { kind: 'missing', subject: 'type' }, failure: further.certificateTypeMissing };
    if (number === '')
      return { problem: { kind: 'missing', subject: 'number' }, failure: further.certificateNumberMissing };
    if (type === 'ID_CARD' && !isIdentityCard(number, 'zh-CN'))
      return { problem: { kind: 'invalid', subject: 'number' }, failure: further.certificateNumberWrong };
  }
  return null;
}

/** Certificates after a write, and which kinds were taken. */
interface SavedCertificates {
  readonly after: readonly Certificate[];
  readonly saved: readonly string[];
  readonly notSaved: readonly string[];
}

/**
 * What becomes of a staff's certificates: those not sent go; one may be changed once, so that a second change, or an equal
 * one, is not saved [public: contacts/update-certificate-byStaffId.md].
 */
function saveCertificates(
  before: readonly Certificate[],
  sent: readonly CertificateData[],
  at: number,
): SavedCertificates {
  const old = new Map(before.map((one) => [one.type, one]));
  const after = new Map<string, Certificate>();
  const [saved, notSaved]: [string[], string[]] = [[], []];
  for (const data of sent) {
    const held = after.get(data.type) ?? old.get(data.type);
    if (held === undefined) {
      after.set(data.type, { ...data, modifyCount: 0, createdAt: at, updatedAt: at });
      saved.push(data.type);
    } else if (held.modifyCount > 0 || saysTheSame(held, data)) {
      after.set(data.type, held);
      notSaved.push(data.type);
    } else {
      after.set(data.type, { ...held, ...data, modifyCount: held.modifyCount + 1, updatedAt: at });
      saved.push(data.type);
    }
  }
  return { after: [...after.values()], saved, notSaved };
}

function saysTheSame(held: Certificate, data: CertificateData): boolean {
  return (Object.keys(data) as (keyof CertificateData)[]).every((key) => held[key] === data[key]);
}

/** The active staff that a path names; null where there is none, or a code names several. */
export function* staffOfPath(value: string, by: 'id' | 'code', tenant: number): StoreTask<Employee | null> {
  const space = by === 'code' ? 'job-number' : (`id:${spaces.staff}` as const);
  const found = yield* load('employees-by', { tenant, space, values: [value] });
  const [employee, ...others] = (found.get(value) ?? []).filter(isActive);
  return employee === undefined || others.length > 0 ? null : employee;
}

/** Refuses a staff that is not to be found. */
export function certificateStaffUnknown(value: string): StructureRefusal {
  return { problem: { kind: 'unknown', subject: 'employee', value }, failure: further.certificateStaffUnknown };
}

/** What saving came to: the staff, and what became of each certificate. */
interface CertificateUpdate extends SavedCertificates {
  readonly employee: Employee;
  readonly verdicts: readonly FieldResult[];
}

/** Saves the certificates of a staff. They are Hose's own, so the record is as old as it was (hose-more 4). */
export function* updateCertificates(
  value: string,
  by: 'id' | 'code',
  sent: readonly CertificateData[],
  tenant: number,
  origin: Origin,
): StoreTask<Decision<CertificateUpdate | StructureRefusal>> {
  const before = yield* staffOfPath(value, by, tenant);
  if (before === null) return { answer: certificateStaffUnknown(value), effects: [] };
  const refusal = certificateRefusal(sent);
  if (refusal !== null) return { answer: refusal, effects: [] };
  const { certificates: held = [], ...others } = hoseOf(before);
  const result = saveCertificates(held, sent, origin.at);
  const verdicts = [
    ...result.saved.map((field): FieldResult => ({ field, verdict: 'applied' })),
    ...result.notSaved.map((field): FieldResult => ({ field, verdict: 'ignored', reason: 'equal, or changed once' })),
  ];
  const answer = { ...result, employee: before, verdicts };
  if (deepEqual(held, result.after)) return { answer, effects: [] };
  const hose = result.after.length === 0 ? others : { ...others, certificates: result.after };
  const after: Employee = { ...before, extensions: { ...before.extensions, hose } };
  const fields = changedFields(before, after, ['extensions']);
  return { answer, effects: [{ write: 'employee', tenant, before, after, fields, origin }] };
}

/** Hose's id of a certificate. */
export function certificateId(employee: Employee, type: string): string {
  return `${employee.ids[spaces.staff] ?? employee.id}:${type}`;
}

/** The raw certificate [public: contacts/get-certificate-byStaffId.md]. */
export function showCertificate(certificate: Certificate, employee: Employee, tenant: Tenant): object {
  const { createdAt = employee.createdAt, updatedAt = createdAt } = certificate;
  return {
    pipeline: 1,
    grayver: '',
    dbVersion: 1,
    threadId: null,
    id: certificateId(employee, certificate.type),
    version: certificate.modifyCount + 1,
    active: true,
    createTime: createdAt,
    updateTime: updatedAt,
    corporationId: settingsOf(tenant).corporationId,
    sourceCorporationId: null,
    dataCorporationId: null,
    staffId: employee.ids[spaces.staff] ?? employee.id,
    type: certificate.type,
    number: certificate.number,
    validDate: certificate.validDate,
    extended: certificate.extended,
    birthDate: certificate.birthDate,
    gender: certificate.gender,
    nationality: certificate.nationality,
    issuancePlace: certificate.issuancePlace,
    modifyCount: certificate.modifyCount,
    lastEngName: certificate.lastEngName,
    firstEngName: certificate.firstEngName,
  };
}
