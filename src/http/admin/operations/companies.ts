import type { CompanySummary } from '../../../company/contract.ts';
import type { StoredPlanLine, StoredPlanView } from '../../../company/plan/stored-plans-contract.ts';
import type { CatalogueList, FieldList, PartInFile, PeopleHaving } from '../catalogues/contract.ts';
import type {
  Applied,
  AppLine,
  AppList,
  AppSecret,
  CheckAnswer,
  CompanyList,
  EventList,
  InvitationList,
  LoginList,
  OutboxJoin,
  OutboxList,
  PlanConfirmation,
  Restored,
  StoredPlanList,
  SubscriptionLine,
} from '../contract.ts';
import { reads, readsSecret, writes } from './operation.ts';

/** Companies as a whole, their outboxes, logins and copies of everything. */
export const companyOperations = {
  index: reads<Readonly<Record<string, string>>>()(''),
  'companies.schema': reads<unknown>()('/companies/schema.json'),
  'companies.list': reads<CompanyList>()('/companies'),
  'companies.show': reads<CompanySummary>()('/companies/:key'),
  /** The body is a company file, YAML or JSON. */
  'companies.apply': writes<string, Applied>()('PUT', '/companies/:key', ['plan', 'removals', 'state']),
  /** Answers YAML. */
  'companies.export': readsSecret<string>()('/companies/:key/file'),
  'companies.remove': writes<undefined, undefined>()('DELETE', '/companies/:key'),
  'plans.list': reads<StoredPlanList>()('/companies/:key/plans'),
  /** The body is a company file, YAML or JSON. */
  'plans.make': writes<string, StoredPlanLine>()('POST', '/companies/:key/plans'),
  'plans.show': reads<StoredPlanView>()('/companies/:key/plans/:id', ['q', 'action', 'kind', 'after', 'limit']),
  'plans.apply': writes<PlanConfirmation, StoredPlanLine>()('POST', '/companies/:key/plans/:id/apply'),
  'plans.erase': writes<undefined, undefined>()('DELETE', '/companies/:key/plans/:id'),
  'invitations.list': reads<InvitationList>()('/companies/:key/invitations', ['before', 'limit']),
  'outbox.list': reads<OutboxList>()('/companies/:key/outbox', ['before', 'kind', 'employee', 'limit']),
  'outbox.empty': writes<undefined, OutboxList>()('DELETE', '/companies/:key/outbox'),
  'outbox.accept': writes<undefined, OutboxJoin>()('POST', '/companies/:key/outbox/:number/accept'),
  'events.list': reads<EventList>()('/companies/:key/events', ['app', 'type', 'state', 'before', 'limit']),
  /** The id may be `dead`: all that were given up. */
  'events.resend': writes<undefined, { readonly resent: number }>()('POST', '/companies/:key/events/:id/resend'),
  'subscriptions.check': writes<undefined, { readonly subscriptions: readonly SubscriptionLine[] }>()(
    'POST',
    '/companies/:key/subscriptions/:app/check',
  ),
  'apps.list': reads<AppList>()('/companies/:key/apps'),
  'apps.edit': writes<{ readonly enabled: boolean }, AppLine>()('PATCH', '/companies/:key/apps/:platform/:app'),
  /** Gives the app another secret and answers it once; the former one is no longer taken. */
  'apps.rotate': writes<undefined, AppSecret>()('POST', '/companies/:key/apps/:platform/:app/secret'),
  'catalogues.list': reads<CatalogueList>()('/companies/:key/catalogues'),
  /** The body is an entry as the company file has it; without an id it gets one. */
  'catalogues.add': writes<object, PartInFile>()('POST', '/companies/:key/catalogues/:list'),
  /** Changes the members that are sent; null takes one away. */
  'catalogues.edit': writes<object, PartInFile>()('PATCH', '/companies/:key/catalogues/:list/:entry'),
  'catalogues.remove': writes<undefined, undefined>()('DELETE', '/companies/:key/catalogues/:list/:entry'),
  'catalogues.people': reads<PeopleHaving>()('/companies/:key/catalogues/:list/:entry/people', ['limit']),
  'fields.list': reads<FieldList>()('/companies/:key/fields'),
  'fields.add': writes<object, PartInFile>()('POST', '/companies/:key/fields'),
  'fields.edit': writes<object, PartInFile>()('PATCH', '/companies/:key/fields/:field'),
  'fields.remove': writes<undefined, undefined>()('DELETE', '/companies/:key/fields/:field'),
  'fields.people': reads<PeopleHaving>()('/companies/:key/fields/:field/people', ['limit']),
  'logins.find': reads<LoginList>()('/logins', ['mobile', 'email', 'account']),
  /** Answers a database. */
  backup: writes<undefined, Uint8Array>()('POST', '/backup'),
  /** Takes what `backup` answered. */
  restore: writes<Uint8Array, Restored>()('POST', '/restore', ['force']),
  check: writes<undefined, CheckAnswer>()('POST', '/check'),
} as const;
