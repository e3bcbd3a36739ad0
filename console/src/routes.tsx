import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { readAddress, writeAddress } from './address-text.ts';
import { api } from './api/client.ts';
import type { SessionView } from '../../src/http/admin/contract.ts';
import { ApiProblem } from './api/problem.ts';
import { noteSession } from './api/session-end.ts';
import { STEP_ACTIONS, type StepSearch } from './api/company-plan-queries.ts';
import { ROW_STATES, type ImportSearch } from './api/import-queries.ts';
import { EVENT_STATES, type EventSearch } from './api/event-queries.ts';
import { DELIVERY_STATES, type DeliverySearch } from './api/plan-queries.ts';
import type { LinkSearch } from './api/target-queries.ts';
import { LINK_KINDS, LINK_STATES } from './api/target-words.ts';
import { PAGE_SIZES, type PeopleSearch } from './api/people-queries.ts';
import type { TrySearch } from './api/try-queries.ts';
import { Broken, Missing } from './shell/broken.tsx';
import { loaded } from './shell/page-not-loaded.ts';
import { Shell } from './shell/shell.tsx';
import { OverviewPage } from './pages/overview/page.tsx';
import { SignInPage } from './pages/sign-in/page.tsx';

/* The whole map of the console: path, state in the address, page. */

const PERSON_TABS = ['edit', 'history', 'ids', 'line', 'targets'] as const;
type PersonTab = (typeof PERSON_TABS)[number];

/** What is tried first on each platform. */
const UPDATES: Readonly<Record<string, string>> = {
  feishu: 'employee.patch',
  wecom: 'hr.update_staff_info',
  hose: 'staffs.update',
};

const root = createRootRoute({ component: Outlet });

/** Opens the last company, or the first one; who is not signed in signs in first. */
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const session = await sessionOrSignIn('/');
    const last = localStorage.getItem('mingce.company');
    const company = session.companies.find(({ key }) => key === last) ?? session.companies[0];
    if (company !== undefined) throw redirect({ to: '/c/$company', params: { company: company.key } });
  },
  component: lazyRouteComponent(() => loaded(import('./pages/no-company/page.tsx')), 'NoCompanyPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) => ({ to: pathOfOurs(search['to']) }),
  component: SignInPage,
});

const company = createRoute({
  getParentRoute: () => root,
  path: '/c/$company',
  beforeLoad: async ({ params, location, cause }) => {
    // From one page to the next one the pages themselves notice where the session ended.
    if (cause !== 'stay' || known === undefined) await sessionOrSignIn(location.href);
    localStorage.setItem('mingce.company', params.company);
  },
  component: Shell,
});

const overview = createRoute({ getParentRoute: () => company, path: '/', component: OverviewPage });

const calls = createRoute({
  getParentRoute: () => company,
  path: '/calls',
  validateSearch: (search) => (typeof search['q'] === 'string' && search['q'] !== '' ? { q: search['q'] } : {}),
  component: lazyRouteComponent(() => loaded(import('./pages/calls/page.tsx')), 'CallsPage'),
});

const call = createRoute({
  getParentRoute: () => company,
  path: '/calls/$id',
  component: lazyRouteComponent(() => loaded(import('./pages/call/page.tsx')), 'CallPage'),
});

const errors = createRoute({
  getParentRoute: () => company,
  path: '/errors',
  validateSearch: errorSearch,
  component: lazyRouteComponent(() => loaded(import('./pages/errors/page.tsx')), 'ErrorsPage'),
});

const error = createRoute({
  getParentRoute: () => company,
  path: '/errors/$platform/$code',
  validateSearch: errorSearch,
  component: lazyRouteComponent(() => loaded(import('./pages/errors/page.tsx')), 'ErrorsPage'),
});

const doctor = createRoute({
  getParentRoute: () => company,
  path: '/doctor',
  validateSearch: (search) =>
    typeof search['calls'] === 'string' && search['calls'] !== '' ? { calls: search['calls'] } : {},
  component: lazyRouteComponent(() => loaded(import('./pages/doctor/page.tsx')), 'DoctorPage'),
});

const history = createRoute({
  getParentRoute: () => company,
  path: '/history',
  component: lazyRouteComponent(() => loaded(import('./pages/history/page.tsx')), 'HistoryPage'),
});

const file = createRoute({
  getParentRoute: () => company,
  path: '/file',
  component: lazyRouteComponent(() => loaded(import('./pages/file/page.tsx')), 'FilePage'),
});

const companyPlan = createRoute({
  getParentRoute: () => company,
  path: '/file/plans/$id',
  validateSearch: stepSearch,
  component: lazyRouteComponent(() => loaded(import('./pages/file/plan-page.tsx')), 'CompanyPlanPage'),
});

const imports = createRoute({
  getParentRoute: () => company,
  path: '/imports',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => loaded(import('./pages/imports/page.tsx')), 'ImportsPage'),
});

const outbox = createRoute({
  getParentRoute: () => company,
  path: '/outbox',
  component: lazyRouteComponent(() => loaded(import('./pages/outbox/page.tsx')), 'OutboxPage'),
});

const catalogues = createRoute({
  getParentRoute: () => company,
  path: '/catalogues',
  validateSearch: (search): { list?: string } => {
    const list = textIn(search, 'list');
    return list === undefined ? {} : { list };
  },
  component: lazyRouteComponent(() => loaded(import('./pages/catalogues/page.tsx')), 'CataloguesPage'),
});

const apps = createRoute({
  getParentRoute: () => company,
  path: '/apps',
  component: lazyRouteComponent(() => loaded(import('./pages/apps/page.tsx')), 'AppsPage'),
});

const targets = createRoute({
  getParentRoute: () => company,
  path: '/targets',
  component: lazyRouteComponent(() => loaded(import('./pages/targets/page.tsx')), 'TargetsPage'),
});

const targetLinks = createRoute({
  getParentRoute: () => company,
  path: '/targets/$target/links',
  validateSearch: linkSearch,
  component: lazyRouteComponent(() => loaded(import('./pages/target-links/page.tsx')), 'TargetLinksPage'),
});

const targetDrift = createRoute({
  getParentRoute: () => company,
  path: '/targets/$target/drift',
  validateSearch: (search): { run?: string; class?: string } => {
    const [run, of] = ['run', 'class'].map((name) => textIn(search, name));
    return { ...(run === undefined ? {} : { run }), ...(of === undefined ? {} : { class: of }) };
  },
  component: lazyRouteComponent(() => loaded(import('./pages/target-drift/page.tsx')), 'TargetDriftPage'),
});

const targetPlans = createRoute({
  getParentRoute: () => company,
  path: '/targets/$target/plans',
  component: lazyRouteComponent(() => loaded(import('./pages/target-plans/page.tsx')), 'TargetPlansPage'),
});

const targetPlan = createRoute({
  getParentRoute: () => company,
  path: '/targets/$target/plans/$id',
  validateSearch: (search): { what?: string } => {
    const what = textIn(search, 'what');
    return what === undefined ? {} : { what };
  },
  component: lazyRouteComponent(() => loaded(import('./pages/target-plans/plan-page.tsx')), 'TargetPlanPage'),
});

const deliveries = createRoute({
  getParentRoute: () => company,
  path: '/deliveries',
  validateSearch: deliverySearch,
  component: lazyRouteComponent(() => loaded(import('./pages/deliveries/page.tsx')), 'DeliveriesPage'),
});

const events = createRoute({
  getParentRoute: () => company,
  path: '/events',
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => loaded(import('./pages/events/page.tsx')), 'EventsPage'),
});

const people = createRoute({
  getParentRoute: () => company,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => loaded(import('./pages/people/page.tsx')), 'PeoplePage'),
});

const person = createRoute({
  getParentRoute: () => company,
  path: '/people/$id',
  validateSearch: (search): { tab?: PersonTab } => {
    const tab = PERSON_TABS.find((one) => one === search['tab']);
    return tab === undefined ? {} : { tab };
  },
  component: lazyRouteComponent(() => loaded(import('./pages/person/page.tsx')), 'PersonPage'),
});

const workbench = createRoute({
  getParentRoute: () => company,
  path: '/workbench',
  component: lazyRouteComponent(() => loaded(import('./pages/workbench/page.tsx')), 'WorkbenchPage'),
});

const departments = createRoute({
  getParentRoute: () => company,
  path: '/departments',
  validateSearch: (search): { at?: string } => {
    const at = textIn(search, 'at');
    return at === undefined ? {} : { at };
  },
  component: lazyRouteComponent(() => loaded(import('./pages/departments/page.tsx')), 'DepartmentsPage'),
});

const tryIt = createRoute({
  getParentRoute: () => company,
  path: '/try',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/c/$company/try/$platform', params: { ...params, platform: 'feishu' } });
  },
});

/** The usual update of a platform. */
const tryPlatform = createRoute({
  getParentRoute: () => company,
  path: '/try/$platform',
  validateSearch: trySearch,
  beforeLoad: ({ params, search }) => {
    const operation = UPDATES[params.platform] ?? '';
    throw redirect({ to: '/c/$company/try/$platform/$operation', params: { ...params, operation }, search });
  },
});

const tryOperation = createRoute({
  getParentRoute: () => company,
  path: '/try/$platform/$operation',
  validateSearch: trySearch,
  component: lazyRouteComponent(() => loaded(import('./pages/try/page.tsx')), 'TryPage'),
});

const routeTree = root.addChildren([
  home,
  signIn,
  company.addChildren([
    overview,
    calls,
    call,
    errors,
    error,
    doctor,
    people,
    person,
    history,
    file,
    companyPlan,
    imports,
    outbox,
    catalogues,
    apps,
    events,
    targets,
    targetLinks,
    targetDrift,
    targetPlans,
    targetPlan,
    deliveries,
    departments,
    tryIt,
    tryPlatform,
    tryOperation,
    workbench,
  ]),
]);

/** The router of the console. */
export const router = createRouter({
  routeTree,
  basepath: '/console',
  parseSearch: readAddress,
  stringifySearch: writeAddress,
  scrollRestoration: true,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Missing,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** The last session of this page. */
let known: SessionView | undefined;

/** Who opens a page without a session signs in first; who had one signs in again where they are. */
async function sessionOrSignIn(to: string): Promise<SessionView> {
  try {
    return (known = await api('session.show'));
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
    if (known === undefined) throw redirect({ to: '/sign-in', search: { to } });
    noteSession(true);
    return known;
  }
}

/** A path of the console to go on to, never another site's. */
function pathOfOurs(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? to : '/';
}

function eventSearch(search: Readonly<Record<string, unknown>>): EventSearch {
  const [app, type] = ['app', 'type'].map((name) => textIn(search, name));
  const state = EVENT_STATES.find((one) => one === search['state']);
  return {
    ...(app === undefined ? {} : { app }),
    ...(state === undefined ? {} : { state }),
    ...(type === undefined ? {} : { type }),
  };
}

function stepSearch(search: Readonly<Record<string, unknown>>): StepSearch {
  const [q, kind] = ['q', 'kind'].map((name) => textIn(search, name));
  const action = STEP_ACTIONS.find((one) => one === search['action']);
  return {
    ...(q === undefined ? {} : { q }),
    ...(action === undefined ? {} : { action }),
    ...(kind === undefined ? {} : { kind }),
  };
}

function deliverySearch(search: Readonly<Record<string, unknown>>): DeliverySearch {
  const [target, employee, reason] = ['target', 'employee', 'reason'].map((name) => textIn(search, name));
  const state = DELIVERY_STATES.find((one) => one === search['state']);
  return {
    ...(target === undefined ? {} : { target }),
    ...(state === undefined ? {} : { state }),
    ...(employee === undefined ? {} : { employee }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function importSearch(search: Readonly<Record<string, unknown>>): ImportSearch {
  const id = textIn(search, 'id');
  const state = ROW_STATES.find((one) => one === search['state']);
  const from = Number(search['from']);
  return {
    ...(id === undefined ? {} : { id }),
    ...(state === undefined ? {} : { state }),
    ...(Number.isSafeInteger(from) && from > 0 ? { from } : {}),
  };
}

function linkSearch(search: Readonly<Record<string, unknown>>): LinkSearch {
  const state = LINK_STATES.find((one) => one === search['state']);
  const kind = LINK_KINDS.find((one) => one === search['kind']);
  return { ...(state === undefined ? {} : { state }), ...(kind === undefined ? {} : { kind }) };
}

/** Returns a parameter of the address as text: the router reads what looks like a number as one. */
function textIn(search: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = search[name];
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

function errorSearch(search: Readonly<Record<string, unknown>>): { q?: string; platform?: string } {
  const { q, platform } = search;
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(typeof platform === 'string' && platform !== '' ? { platform } : {}),
  };
}

function peopleSearch(search: Readonly<Record<string, unknown>>): PeopleSearch {
  const [q, department, status, sort] = ['q', 'department', 'status', 'sort'].map((name) => textIn(search, name));
  const page = Number(search['page']);
  const size = PAGE_SIZES.find((one) => one === Number(search['size']));
  return {
    ...(q === undefined ? {} : { q }),
    ...(department === undefined ? {} : { department }),
    ...(search['only'] === true ? { only: true } : {}),
    ...(status === undefined ? {} : { status }),
    ...(sort === undefined ? {} : { sort }),
    ...(Number.isSafeInteger(page) && page > 0 ? { page } : {}),
    ...(size === undefined ? {} : { size }),
  };
}

/** What is tried, as it is in the address: only a link that was copied holds a body. */
function trySearch(search: Readonly<Record<string, unknown>>): TrySearch {
  const { employee, app, query, body } = search;
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
  const values = { employee: text(employee), app: text(app), query: text(query), body: text(body) };
  // A body is JSON, which the router reads as such.
  const given = typeof body === 'object' && body !== null ? { ...values, body: JSON.stringify(body, null, 2) } : values;
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
