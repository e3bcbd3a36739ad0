import Type, { type Static } from 'typebox';
import { OptionalLine } from './bounds.ts';
import { compiledOnUse } from './compiled-on-use.ts';

/** The kinds of certificates [public: contacts/update-certificate-byStaffId.md]. */
export const CERTIFICATE_TYPES = [
  'ID_CARD',
  'PASSPORT',
  'SERVICEMAN_CARD',
  'HONG_KONG_AND_MACAO_GO',
  'TAIWAN_GO',
  'FOREIGNERS_LIVE',
  'HONG_KONG_MACAO_TAIWAN',
  'MAINLAND_TO_TAIWAN',
  'HONG_KONG_AND_MACAO_PASS',
  'OTHER',
] as const;

/** Certificates in one body: each kind may stand there more than once, and the later counts on top of the earlier. */
const MAX_CERTIFICATES = 100;

/** Times that a company file can write as days [proposed]. */
const YEARS = { minimum: Date.parse('0001-01-02T00:00:00Z'), maximum: Date.parse('9999-12-30T00:00:00Z') } as const;
const Time = Type.Optional(Type.Union([Type.Integer(YEARS), Type.Null()]));
const PlaceCode = Type.Optional(Type.Union([Type.String({ pattern: '^[0-9]{4}$' }), Type.Literal(''), Type.Null()]));
/** Stored upper case [public]. */
const Letters = Type.Optional(Type.Union([Type.String({ pattern: '^[A-Za-z]{0,50}$' }), Type.Null()]));

const CertificateBody = Type.Object({
  type: OptionalLine,
  number: OptionalLine,
  validDate: Time,
  extended: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  birthDate: Time,
  gender: Type.Optional(Type.Union([Type.Literal('MALE'), Type.Literal('FEMALE'), Type.Null()])),
  nationality: PlaceCode,
  issuancePlace: PlaceCode,
  lastEngName: Letters,
  firstEngName: Letters,
});

/** The body: a bare list [public: contacts/update-certificate-byStaffId.md]. */
export const CertificatesBody = Type.Array(CertificateBody, { maxItems: MAX_CERTIFICATES });
const certificatesBody = compiledOnUse(CertificatesBody);

/** What a certificate says. */
export interface CertificateData {
  readonly type: string;
  readonly number: string;
  /** Epoch milliseconds. */
  readonly validDate: number | null;
  readonly extended: boolean | null;
  /** Epoch milliseconds. */
  readonly birthDate: number | null;
  readonly gender: 'MALE' | 'FEMALE' | null;
  readonly nationality: string | null;
  readonly issuancePlace: string | null;
  readonly lastEngName: string | null;
  readonly firstEngName: string | null;
}

/** A certificate as kept. */
export interface Certificate extends CertificateData {
  /** How often it was changed, which may be once. */
  readonly modifyCount: number;
  /** Epoch milliseconds; absent: as old as the employee. */
  readonly createdAt?: number;
  readonly updatedAt?: number;
}

/** Reads the body; null where its structure is wrong. An absent type or number is read as `""`. */
export function readCertificates(body: unknown): readonly CertificateData[] | null {
  return certificatesBody.Check(body) ? body.map(readOne) : null;
}

function readOne(one: Static<typeof CertificateBody>): CertificateData {
  return {
    type: one.type ?? '',
    number: one.number ?? '',
    validDate: one.validDate ?? null,
    extended: one.extended ?? null,
    birthDate: one.birthDate ?? null,
    gender: one.gender ?? null,
    nationality: one.nationality ?? null,
    issuancePlace: one.issuancePlace ?? null,
    lastEngName: one.lastEngName?.toUpperCase() ?? null,
    firstEngName: one.firstEngName?.toUpperCase() ?? null,
  };
}
