import Type, { type Static } from 'typebox';
import { clockTimeInChina, startOfDayInChina } from '../../../lib/time/day.ts';
import { CERTIFICATE_TYPES, type Certificate } from '../protocol/wire-certificates.ts';

const PlaceCode = Type.Optional(Type.String({ pattern: '^[0-9]{4}$' }));
const Letters = Type.Optional(Type.String({ pattern: '^[A-Z]{0,50}$' }));
/** A day in China, or an instant where a caller named one within a day. */
const Day = Type.Optional(
  Type.Union([Type.String({ format: 'date' }), Type.String({ format: 'date-time' })], {
    description: 'A day in China.',
  }),
);

const CertificatePart = Type.Object(
  {
    type: Type.Enum([...CERTIFICATE_TYPES]),
    number: Type.String({ minLength: 1, maxLength: 1_000 }),
    valid_date: Day,
    extended: Type.Optional(Type.Boolean()),
    birth_date: Day,
    gender: Type.Optional(Type.Enum(['MALE', 'FEMALE'])),
    nationality: PlaceCode,
    issuance_place: PlaceCode,
    last_eng_name: Letters,
    first_eng_name: Letters,
    modify_count: Type.Optional(Type.Integer({ minimum: 0 })),
    created_at: Type.Optional(Type.String({ format: 'date-time' })),
    updated_at: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
);

/** Certificates in a company file. */
export const CertificatesPart = Type.Array(CertificatePart);

/** Reads one. */
export function readCertificate(input: Static<typeof CertificatePart>): Certificate {
  const { created_at: createdAt, updated_at: updatedAt } = input;
  return {
    type: input.type,
    number: input.number,
    validDate: instantOf(input.valid_date),
    extended: input.extended ?? null,
    birthDate: instantOf(input.birth_date),
    gender: (input.gender ?? null) as Certificate['gender'],
    nationality: input.nationality ?? null,
    issuancePlace: input.issuance_place ?? null,
    lastEngName: input.last_eng_name ?? null,
    firstEngName: input.first_eng_name ?? null,
    modifyCount: input.modify_count ?? 0,
    ...(createdAt === undefined ? {} : { createdAt: Date.parse(createdAt) }),
    ...(updatedAt === undefined ? {} : { updatedAt: Date.parse(updatedAt) }),
  };
}

function instantOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.includes('T') ? Date.parse(text) : startOfDayInChina(text);
}

/** Writes one, so that reading it gives the same. */
export function writeCertificate(certificate: Certificate): Static<typeof CertificatePart> {
  const { validDate, birthDate, createdAt, updatedAt } = certificate;
  return {
    type: certificate.type as Static<typeof CertificatePart>['type'],
    number: certificate.number,
    ...(validDate === null ? {} : { valid_date: textOf(validDate) }),
    ...(certificate.extended === null ? {} : { extended: certificate.extended }),
    ...(birthDate === null ? {} : { birth_date: textOf(birthDate) }),
    ...(certificate.gender === null ? {} : { gender: certificate.gender }),
    ...(certificate.nationality === null ? {} : { nationality: certificate.nationality }),
    ...(certificate.issuancePlace === null ? {} : { issuance_place: certificate.issuancePlace }),
    ...(certificate.lastEngName === null ? {} : { last_eng_name: certificate.lastEngName }),
    ...(certificate.firstEngName === null ? {} : { first_eng_name: certificate.firstEngName }),
    modify_count: certificate.modifyCount,
    ...(createdAt === undefined ? {} : { created_at: new Date(createdAt).toISOString() }),
    ...(updatedAt === undefined ? {} : { updated_at: new Date(updatedAt).toISOString() }),
  };
}

function textOf(instant: number): string {
  const [day = '', time] = clockTimeInChina(instant).split(' ');
  return time === '00:00:00' && instant % 1_000 === 0 ? day : new Date(instant).toISOString();
}
