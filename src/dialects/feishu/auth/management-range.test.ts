import { describe, expect, test } from 'vitest';
import { Tenant } from '../../../directory/tenant.ts';
import { appCaller, type Caller } from './caller.ts';
import { managementOf } from './management-range.ts';
import { checkOperationAllowed } from './operation-permission.ts';
import type { Operation } from '../protocol/operations.ts';
import { DIALECT, readSettings, type AppSettings } from '../model/settings.ts';

const app = {
  id: 'app',
  dialect: DIALECT,
  key: 'cli',
  secret: '',
  enabled: true,
  settings: {
    installed: true,
    scopes: 'all',
    contact_scope: { departments: [], employees: [] },
    ip_allow_list: [],
    developer: 'd',
  } satisfies AppSettings,
};

function tenantWith(settings: object): Tenant {
  const root = {
    id: 'root',
    name: { value: 'Inn', i18n: {} },
    parent: null,
    code: '',
    enabled: true,
    external: false,
    order: 0,
    leaders: [],
    ids: {},
    extensions: {},
    createdAt: 0,
    updatedAt: 0,
  };
  return new Tenant({
    number: 1,
    key: 'inn',
    name: 'Inn',
    state: 'in-use',
    secondLocale: 'en-US',
    names: {},
    departments: [root],
    catalogs: [],
    customFields: [],
    apps: [app],
    settings: { [DIALECT]: readSettings(settings) },
    createdAt: 0,
    updatedAt: 0,
  });
}

function userOf(tenant: Tenant, employee: string, operation: Operation): Caller {
  const { range, ...allowed } = managementOf(tenant, 'boss', employee, operation);
  return { ...appCaller(tenant, app), range, user: { employee, operation, granted: [], ...allowed } };
}

const isRefused = (settings: object, employee: string, operation: Operation): boolean =>
  checkOperationAllowed(userOf(tenantWith(settings), employee, operation), operation) !== null;

describe('a role', () => {
  const administrators = [
    { employee: 'hires', permissions: ['employee.create'], departments: ['a'] },
    { employee: 'fires', permissions: ['employee.resign'], departments: ['b'], hr_mode: true },
    { employee: 'fires', permissions: ['employee.resign'], departments: ['c', 'b'] },
    { employee: 'fires', permissions: ['employee.update'], departments: ['d'] },
    { employee: 'builds', permissions: ['department.manage'] },
    { employee: 'reads', permissions: [], departments: ['e'] },
  ];

  test.each([
    ['employee.create', ['boss', 'hires']],
    ['employee.patch', ['boss', 'fires']],
    ['employee.delete', ['boss', 'fires']],
    ['employee.to-be-resigned', ['boss', 'fires']],
    ['employee.regular', ['boss', 'fires']],
    ['employee.resurrect', ['boss']],
    ['department.create', ['boss', 'builds']],
    ['department.patch', ['boss', 'builds']],
    ['department.delete', ['boss', 'builds']],
    ['employee.mget', ['boss', 'builds', 'fires', 'hires', 'reads']],
    ['department.filter', ['boss', 'builds', 'fires', 'hires', 'reads']],
  ] as const)('lets %s be done by %j alone', (operation, allowed) => {
    const everyone = ['boss', 'builds', 'fires', 'hires', 'reads', 'nobody'];
    expect(everyone.filter((one) => !isRefused({ administrators }, one, operation))).toEqual(allowed);
  });

  test('adds its range to those of the same employee that allow the same', () => {
    const rangeFor = (employee: string, operation: Operation): unknown =>
      managementOf(tenantWith({ administrators }), 'boss', employee, operation).range;
    expect(rangeFor('fires', 'employee.delete')).toEqual({ departments: ['b', 'c'], employees: [] });
    expect(rangeFor('fires', 'employee.patch')).toEqual({ departments: ['d'], employees: [] });
    expect(rangeFor('fires', 'employee.mget')).toEqual({ departments: ['b', 'c', 'd'], employees: [] });
    expect(rangeFor('fires', 'employee.create')).toEqual({ departments: [], employees: [] });
    expect([rangeFor('builds', 'department.patch'), rangeFor('boss', 'employee.create')]).toEqual(['all', 'all']);
  });
});

describe.each(['employee.to-be-resigned', 'employee.regular'] as const)('%s', (operation) => {
  const administrators = [
    { employee: 'sup', super: true },
    { employee: 'hr', hr_mode: true },
    { employee: 'other' },
    { employee: 'mixed', permissions: ['employee.update'], hr_mode: true },
    { employee: 'mixed', permissions: ['employee.resign'] },
  ];

  test('is for those in personnel management mode, in a role that allows it', () => {
    const who = ['boss', 'sup', 'hr', 'other', 'mixed'];
    expect(who.filter((one) => !isRefused({ administrators }, one, operation))).toEqual(['boss', 'sup', 'hr']);
    expect(who.filter((one) => isRefused({ administrators, hr_mode_enabled: false }, one, operation))).toEqual(who);
  });

  test('is not withheld from an app', () => {
    const tenant = tenantWith({ administrators, hr_mode_enabled: false });
    expect(checkOperationAllowed(appCaller(tenant, app), operation)).toBeNull();
  });
});

test('an edition that is too small refuses everything but a return, which has a code of its own', () => {
  const settings = { plan: 'basic' };
  expect(isRefused(settings, 'boss', 'employee.patch')).toBe(true);
  expect(isRefused(settings, 'boss', 'department.filter')).toBe(true);
  expect(isRefused(settings, 'boss', 'employee.resurrect')).toBe(false);
  expect(isRefused(settings, 'nobody', 'employee.resurrect')).toBe(true);
  expect(checkOperationAllowed(appCaller(tenantWith(settings), app), 'employee.mget')).not.toBeNull();
});
