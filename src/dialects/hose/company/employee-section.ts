import Type, { type Static } from 'typebox';
import type { Employee } from '../../../directory/employees/employee.ts';
import type { PlatformPart } from '../../company-section.ts';
import { CertificatesPart, readCertificate, writeCertificate } from './certificate-section.ts';
import { spaces } from '../model/ids.ts';
import { hoseOf, type HoseExtension } from '../protocol/wire.ts';

const closed = { additionalProperties: false } as const;

/** What a company file says of an employee under `hose`. */
export const EmployeePart = Type.Object(
  {
    id: Type.Optional(Type.String({ minLength: 1, description: '<corporation id>:<id> when absent.' })),
    user_id: Type.Optional(Type.String({ minLength: 1, description: '第三方平台人员ID; the own id when absent.' })),
    origin: Type.Optional(Type.Enum(['manual', 'api', 'createByApiAndEdit'])),
    edited: Type.Optional(Type.Boolean()),
    last_api_change: Type.Optional(
      Type.Object({ at: Type.String({ format: 'date-time' }), app: Type.String() }, closed),
    ),
    form: Type.Optional(
      Type.Object(
        {
          base: Type.Optional(Type.String({ description: '常驻地, byte for byte.' })),
          blank: Type.Optional(Type.Array(Type.String(), { description: 'Fields returned as "".' })),
        },
        { ...closed, description: 'Present once the custom form was written.' },
      ),
    ),
    pending: Type.Optional(
      Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { description: 'Items that wait for the person.' }),
    ),
    open_userid: Type.Optional(
      Type.String({ pattern: '^wo.', description: 'The encrypted WeCom id; made when absent.' }),
    ),
    certificates: Type.Optional(CertificatesPart),
  },
  closed,
);

/** Reads an employee's part; the ids that it does not give are the usual ones (contract 2.7) [public: contacts/add-staffs.md]. */
export function readEmployee(part: Static<typeof EmployeePart>, id: string, corporationId: string): PlatformPart {
  const extension = readExtension(part);
  return {
    ids: { [spaces.staff]: part.id ?? `${corporationId}:${id}`, [spaces.user]: part.user_id ?? id },
    ...(extension === undefined ? {} : { extension }),
  };
}

/** Writes an employee's part, so that reading it gives the same. */
export function writeEmployee(employee: Employee): object {
  return {
    id: employee.ids[spaces.staff],
    user_id: employee.ids[spaces.user],
    ...(employee.extensions['hose'] === undefined ? {} : writeExtension(hoseOf(employee))),
  };
}

function readExtension(input: Static<typeof EmployeePart>): HoseExtension | undefined {
  const { origin, edited, last_api_change: last, form, pending, open_userid: openUserid, certificates } = input;
  if (!origin && edited === undefined && !last && !form && !pending && !openUserid && !certificates?.length)
    return undefined;
  return {
    origin: (origin ?? 'manual') as HoseExtension['origin'],
    edited: edited ?? false,
    ...(last === undefined ? {} : { lastApiChange: { at: Date.parse(last.at), app: last.app } }),
    ...(form === undefined ? {} : { form }),
    ...(pending === undefined ? {} : { pending }),
    ...(openUserid === undefined ? {} : { openUserid }),
    ...(certificates?.length ? { certificates: certificates.map(readCertificate) } : {}),
  };
}

function writeExtension(extension: HoseExtension): Static<typeof EmployeePart> {
  const { origin, edited, lastApiChange: last, form, pending, openUserid, certificates } = extension;
  return {
    origin,
    edited,
    ...(last === undefined ? {} : { last_api_change: { at: new Date(last.at).toISOString(), app: last.app } }),
    ...(form === undefined
      ? {}
      : {
          form: {
            ...(form.base === undefined ? {} : { base: form.base }),
            ...(form.blank === undefined ? {} : { blank: [...form.blank] }),
          },
        }),
    ...(pending === undefined ? {} : { pending: { ...pending } }),
    ...(openUserid === undefined ? {} : { open_userid: openUserid }),
    ...(certificates === undefined ? {} : { certificates: certificates.map(writeCertificate) }),
  };
}
