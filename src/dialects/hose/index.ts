import type { Call, Dialect, Reply, Route, UnhandledReason } from '../dialect.ts';
import { notFound } from './auth/guarded-route.ts';
import { documentedPaths, hasDollars, isPathOf, segmentsOf } from './protocol/api-paths.ts';
import { staffErrors, type HoseError } from './protocol/codes.ts';
import { client } from './client.ts';
import { readers } from './readers.ts';
import { rows } from './row-calls.ts';
import { repairs } from './repairs.ts';
import { edit } from './edit.ts';
import { start } from './start.ts';
import { company } from './company/section.ts';
import { coverage } from './coverage.ts';
import { operationTitles } from './operation-titles.ts';
import { fail } from './protocol/errors.ts';
import { authRoutes } from './routes/auth/token.ts';
import { authV3Routes } from './routes/auth/token-v3.ts';
import { staffActivityRoutes } from './routes/staff-activation.ts';
import { staffBacklogRoutes } from './routes/staff-backlog.ts';
import { staffCreateRoutes } from './routes/staff-create.ts';
import { cityRoutes } from './routes/lookups/cities.ts';
import { corporationRoutes } from './routes/lookups/corporation.ts';
import { departmentListRoutes } from './routes/department-list.ts';
import { customPropertyRoutes } from './routes/lookups/custom-property-list.ts';
import { dimensionListRoutes } from './routes/lookups/dimension-list.ts';
import { dimensionWriteRoutes } from './routes/lookups/dimension-write.ts';
import { departmentWriteRoutes } from './routes/department-write.ts';
import { propertySetRoutes } from './routes/lookups/custom-property-write.ts';
import { roleRoutes } from './routes/roles.ts';
import { formQueryRoutes } from './routes/form-queries.ts';
import { appTokenRoutes } from './routes/auth/app-token.ts';
import { provisionalRoutes } from './routes/auth/provisional.ts';
import { staffCertificateRoutes } from './routes/staff-certificates.ts';
import { staffToolRoutes } from './routes/staff-tools.ts';
import { staffListRoutes } from './routes/staff-list.ts';
import { oneStaffRoutes } from './routes/staff-fields.ts';
import { staffQueryRoutes } from './routes/staff-query.ts';
import { staffSeatRoutes } from './routes/staff-seats.ts';
import { staffUpdateRoutes } from './routes/staff-update.ts';
import { employeesWithId } from './model/employees-with-id.ts';
import { dueInCompany } from './model/due.ts';
import { codes, presets, refuse } from './protocol/refuse.ts';
import { memberNames } from './protocol/member-names.ts';

const FAILURES: Readonly<Record<Exclude<UnhandledReason, 'not-found'>, HoseError>> = {
  'too-large': staffErrors.tooLarge,
  busy: staffErrors.busy,
  internal: staffErrors.internal,
};

const METHODS: readonly Route['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A known path with another method is 405 (hose-more 1.5) [live: one client; the body proposed]; any other path is unknown. */
function unserved({ path }: Call): Reply {
  const allow = methodsOf(path);
  if (allow.length === 0) return notFound();
  const reply = fail(staffErrors.methodNotAllowed);
  return { ...reply, headers: { ...reply.headers, allow: allow.join(', ') } };
}

/** The methods that a path is served with; what lacks the literal `$` of its ids fits a route and is not its path. */
function methodsOf(path: string): readonly Route['method'][] {
  const paths = [path, ...documentedPaths(path)].map(segmentsOf);
  const here = served.filter(({ segments }) => paths.some((one) => isPathOf(one, segments)));
  return METHODS.filter((method) => here.some((route) => route.method === method));
}

/** The route without what lacks the literal `$` of its ids: `dimensions/items/batch` is no item (contract 0.4) [proposed]. */
function behindDollars(route: Route): Route {
  if (!route.path.includes('/:')) return route;
  const segments = segmentsOf(route.path);
  return {
    ...route,
    answer: (call, context) =>
      hasDollars(segmentsOf(call.path), segments) ? route.answer(call, context) : Promise.resolve(unserved(call)),
  };
}

const routes: readonly Route[] = [
  ...authRoutes,
  ...authV3Routes,
  ...staffUpdateRoutes,
  ...staffListRoutes,
  ...staffQueryRoutes,
  ...staffCreateRoutes,
  ...staffActivityRoutes,
  ...staffSeatRoutes,
  ...staffBacklogRoutes,
  ...oneStaffRoutes,
  ...corporationRoutes,
  ...departmentListRoutes,
  ...departmentWriteRoutes,
  ...cityRoutes,
  ...customPropertyRoutes,
  ...propertySetRoutes,
  ...dimensionListRoutes,
  ...dimensionWriteRoutes,
  ...roleRoutes,
  ...staffToolRoutes,
  ...staffCertificateRoutes,
  ...formQueryRoutes,
  ...appTokenRoutes,
  ...provisionalRoutes,
].map(behindDollars);

/** What a path that no route answers is held against: callers without a token send those, too. */
const served = routes.map(({ method, path }) => ({ method, segments: segmentsOf(path) }));

/** Hose (合思), formerly 易快报: staff of a corporation, and what they are written with. */
export const hose: Dialect = {
  client,
  name: 'hose',
  title: { zh: '合思', en: 'Hose' },
  hosts: ['app.ekuaibao.com', 'dd2.ekuaibao.com', 'dd2.hosecloud.com'],
  prefixes: ['/api/openapi/', '/auth/openApi/', '/api/realms/', '/applet/'],
  routes,
  coverage,
  operationTitles,
  otherPaths: documentedPaths,
  methodsOf,
  fallback: (call: Call, why) => (why === 'not-found' ? unserved(call) : fail(FAILURES[why])),
  memberNames,
  employeesWithId,
  facts: {
    due: dueInCompany,
    refuse,
    codes,
    limitCode: 'too-frequent',
    addressCode: 'embedded',
    presets,
    readers,
    rows,
    repairs,
    start,
    edit,
  },
  company,
};
