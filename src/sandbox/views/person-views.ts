import type { Dialect, DialectContext } from '../../dialects/dialect.ts';
import { PERSON_FIELDS, type PersonFacts, type PersonReader, type ShownField } from '../../dialects/dialect-facts.ts';
import type { App } from '../../directory/auth/app.ts';
import { callAs } from '../acting/app-call.ts';
import type { CellView, PersonViews, ReaderView, Relation, ViewRow } from './contract.ts';
import { plainOf, RECORD_FIELDS } from './record-values.ts';
import type { Language } from '../../lib/language.ts';

/** By which app, and in which way, a person is read on one platform; what is absent is the first that fits. */
export interface ReaderChoice {
  readonly reader?: string;
  readonly app?: string;
}

/** What views are made with. */
export interface ViewsOptions {
  readonly dialects: readonly Dialect[];
  readonly context: DialectContext;
  readonly origin: string;
  readonly choices: Readonly<Record<string, ReaderChoice>>;
  readonly language: Language;
}

/** A platform's read, and what was found in it. */
interface Read {
  readonly view: ReaderView;
  readonly reader: PersonReader | undefined;
  readonly shown: Readonly<Record<string, unknown>> | null;
}

/** Reads a person on each platform as an app of the company does, and says where it differs from the record, and why. */
export async function personViews(person: PersonFacts, options: ViewsOptions): Promise<PersonViews> {
  const reads = await Promise.all(options.dialects.map((dialect) => readOf(dialect, person, options)));
  const columns = reads.map((read) => ({ ...read, fields: read.reader?.fields(person.tenant) ?? {} }));
  const rows = PERSON_FIELDS.map((field): ViewRow => {
    const { group, zh, en, value, name } = RECORD_FIELDS[field];
    const plain = plainOf(field, person);
    return {
      field,
      label: options.language === 'zh' ? zh : en,
      group,
      record: value(person),
      name: name?.(person, options.language) ?? null,
      cells: columns.map(({ view, shown, fields }) =>
        cellOf(view.platform, fields[field], { shown, plain, person }, options),
      ),
    };
  });
  return { employee: person.employee.id, readers: reads.map(({ view }) => view), rows };
}

async function readOf(dialect: Dialect, person: PersonFacts, options: ViewsOptions): Promise<Read> {
  const { readers } = dialect.facts;
  const apps = person.tenant.parts.apps.filter((app) => app.dialect === dialect.name && app.enabled);
  const suited = readers.flatMap((reader) => apps.filter((app) => reader.suits(app)).map((app) => ({ reader, app })));
  const wanted = options.choices[dialect.name] ?? {};
  const chosen = suited.find(
    ({ reader, app }) =>
      (wanted.reader === undefined || reader.name === wanted.reader) &&
      (wanted.app === undefined || app.key === wanted.app),
  );
  const choices = suited.map(({ reader, app }) => `${reader.name}:${app.key}`);
  const platform = dialect.name;
  if (chosen === undefined) {
    const view: ReaderView = {
      platform,
      reader: wanted.reader ?? readers[0]?.name ?? '',
      app: null,
      operation: null,
      status: null,
      found: false,
      raw: null,
      choices,
    };
    return { view, reader: undefined, shown: null };
  }
  return readBy(dialect, chosen, choices, person, options);
}

async function readBy(
  dialect: Dialect,
  { reader, app }: { readonly reader: PersonReader; readonly app: App },
  choices: readonly string[],
  person: PersonFacts,
  { context, origin }: ViewsOptions,
): Promise<Read> {
  const common = { platform: dialect.name, reader: reader.name, app: app.key, choices };
  let last: ReaderView = { ...common, operation: null, status: null, found: false, raw: null };
  for (const { operation, request, find } of reader.asks) {
    const asked = request(person);
    if (asked === null) continue;
    const acting = { dialect, tenant: person.tenant, app, context, origin };
    const reply = await callAs(acting, { operation, ...asked });
    if (reply === null) continue;
    const raw = jsonOf(reply.body);
    const shown = find(raw, person);
    last = { ...common, operation, status: reply.status, found: shown !== null, raw };
    if (shown !== null) return { view: last, reader, shown };
  }
  return { view: last, reader, shown: null };
}

function jsonOf(body: string | Uint8Array): unknown {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function cellOf(
  platform: string,
  field: ShownField | undefined,
  {
    shown,
    plain,
    person,
  }: {
    readonly shown: Readonly<Record<string, unknown>> | null;
    readonly plain: string | null;
    readonly person: PersonFacts;
  },
  { language }: ViewsOptions,
): CellView {
  if (field === undefined) {
    return { platform, path: null, value: null, relation: shown === null ? 'unknown' : 'absent', rule: null };
  }
  const { mark, link, ...text } = field.rule;
  const rule = { text: text[language], mark, link: link ?? null };
  const value = shown === null ? undefined : field.value(shown);
  const relation = shown === null ? 'unknown' : relationOf(field, value, plain, person);
  return { platform, path: field.at, value: value ?? null, relation, rule };
}

/** Returns how a value that a platform shows relates to what the record says. */
function relationOf(field: ShownField, value: unknown, plain: string | null, person: PersonFacts): Relation {
  if (field.at === null) return 'hidden';
  const isNothing = value === undefined || value === null || value === '';
  if (isNothing) return plain === null ? 'same' : 'empty';
  if (typeof value === 'string' && value === plain) return 'same';
  return field.means(value, person) ? 'form' : 'value';
}
