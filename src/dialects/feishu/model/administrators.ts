import Type from 'typebox';
import type { Operation } from '../protocol/operations.ts';

/** What an administrator may be allowed to do. [derived] The names are this server's; the platform shows them as ticks. */
const PERMISSIONS = [
  'employee.create',
  'employee.update',
  'employee.resign',
  'employee.resurrect',
  'department.manage',
] as const;
type Permission = (typeof PERMISSIONS)[number];

/** The permission that an operation requires of an administrator; without an entry, being one is enough. [derived] */
const NEEDED: { readonly [Name in Operation]?: Permission } = {
  'employee.create': 'employee.create',
  'employee.patch': 'employee.update',
  'contact.user.patch': 'employee.update',
  'employee.delete': 'employee.resign',
  'employee.to-be-resigned': 'employee.resign',
  'employee.regular': 'employee.resign',
  'employee.resurrect': 'employee.resurrect',
  'department.create': 'department.manage',
  'department.patch': 'department.manage',
  'department.delete': 'department.manage',
};

/** Returns whether these permissions allow the operation; undefined means all permissions. */
export function includesPermission(permissions: readonly string[] | undefined, operation: Operation): boolean {
  const needed = NEEDED[operation];
  return permissions === undefined || needed === undefined || permissions.includes(needed);
}

/** One role of one employee, as a company file writes it. */
export const administratorInFile = Type.Object(
  {
    employee: Type.String({ minLength: 1, description: 'Own id of the employee; several entries are several roles.' }),
    super: Type.Optional(
      Type.Boolean({
        description: 'A super administrator may do everything in the whole company, as the founder may.',
      }),
    ),
    permissions: Type.Optional(
      Type.Array(Type.Enum([...PERMISSIONS]), {
        description:
          'What the role allows with a user token (2224001): employee.create, employee.update, employee.resign ' +
          '(resign, to_be_resigned, regular), employee.resurrect, department.manage (create, update, delete). ' +
          'All when absent; reading needs none of them.',
      }),
    ),
    departments: Type.Optional(
      Type.Union([Type.Literal('all'), Type.Array(Type.String())], {
        description:
          'The management range: own ids of departments, with all below (2224002, 2224003). Of several roles that ' +
          'allow an operation the ranges add up. All when absent.',
      }),
    ),
    hr_mode: Type.Optional(
      Type.Boolean({
        description:
          'Personnel management mode (人事管理模式), without which to_be_resigned and regular answer 2224001; ' +
          'the founder and super administrators have it. False when absent.',
      }),
    ),
  },
  { additionalProperties: false },
);
