import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/min';
import { queryFlag } from '../../protocol/query/query-flag.ts';
import type { CatalogEntry } from '../../../../directory/catalog.ts';
import type { LocalText } from '../../../../directory/text.ts';
import type { Route } from '../../../dialect.ts';
import { continentNames, COUNTRY_CODES } from '../../model/country-codes.ts';
import { successReply, type FieldViolation } from '../../protocol/envelope.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { validationErrorReply } from '../../auth/guarded-route.ts';
import { entryIdOf } from '../../model/ids.ts';
import { keyAfter, pageOf } from '../../protocol/list-paging.ts';
import { pagedList, type PagedList } from '../../protocol/query/query-paging.ts';

const OPERATION = 'mdm.country-region.list';

const LANGUAGES: ReadonlySet<string> = new Set(['zh-CN', 'en-US', 'ja-JP']);
const MAX_WORDS = 100;

/** 国家/地区: the value of `work_country_or_region` is the `mdm_code`. [public: country] */
export const countryRegions: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/mdm/v3/country_regions',
  answer: authenticated(OPERATION, async ({ call, caller, exchange }) => {
    const list = pagedList(caller, OPERATION);
    const { asked, violations } = readQuery(call.query, list);
    if (violations.length > 0) return validationErrorReply(exchange, [], violations);
    const { all } = caller.tenant.catalog('country');
    const from = asked.offset === 0 ? all : all.slice(asked.offset);
    const page = pageOf(from, ({ id }) => id, list, asked);
    if (page === null) return validationErrorReply(exchange, [], [violation('page_token', 'page_token is invalid')]);
    return successReply(exchange, {
      data: page.items.map((entry) => shown(entry, asked)),
      ...(asked.isCounted ? { total: String(all.length) } : {}),
      ...(page.next === null ? {} : { next_page_token: page.next }),
    });
  }),
};

interface Asked {
  readonly size: number;
  readonly after: string | null;
  readonly offset: number;
  readonly isCounted: boolean;
  readonly languages: readonly string[];
  readonly fields: ReadonlySet<string>;
}

function violation(field: string, description: string): FieldViolation {
  return { field, value: '', description };
}

function readQuery(
  query: URLSearchParams,
  list: PagedList,
): { readonly asked: Asked; readonly violations: readonly FieldViolation[] } {
  const violations: FieldViolation[] = [];
  const words = (name: string): readonly string[] => {
    const given = query.getAll(name);
    if (given.length === 0) violations.push(violation(name, `${name} is required`));
    if (given.length > MAX_WORDS) violations.push(violation(name, `the max len is ${String(MAX_WORDS)}`));
    return given;
  };
  const number = (name: string, least: number, most: number, otherwise: number): number => {
    const text = query.get(name) ?? '';
    const value = text === '' ? otherwise : /^[0-9]{1,6}$/.test(text) ? Number(text) : -1;
    if (value < least || value > most) {
      violations.push(violation(name, `the value should be between ${String(least)} and ${String(most)}`));
    }
    return value;
  };
  const given = keyAfter(query, list);
  const after = given ?? null;
  if (given === undefined) violations.push(violation('page_token', 'page_token is invalid'));
  const asked = {
    languages: words('languages').filter((language) => LANGUAGES.has(language)),
    fields: new Set(words('fields')),
    // The page has no default; its example is 10. [derived]
    size: number('limit', 1, 1_000, 10),
    // A token says where to go on by itself.
    offset: after === null ? number('offset', 0, 100_000, 0) : 0,
    isCounted: queryFlag(query, 'return_count') === true,
    after,
  };
  return { asked, violations };
}

/** The fields asked for, and always the code that everything else needs. [derived] */
function shown(entry: CatalogEntry, { fields, languages }: Asked): object {
  const alpha2 = entry.code;
  const codes = COUNTRY_CODES.get(alpha2);
  const name = words(entry.name, languages);
  const all: Readonly<Record<string, unknown>> = {
    alpha_3_code: codes?.alpha3 ?? '',
    alpha_2_code: codes === undefined ? '' : alpha2,
    numeric_code: codes?.numeric ?? '',
    name,
    mdm_code: entryIdOf(entry),
    full_name: name, // a company file has one name of a country
    global_code: isSupportedCountry(alpha2) ? `+${getCountryCallingCode(alpha2)}` : '',
    status: entry.enabled ? '1' : '0',
    continents: {
      value: codes?.continent ?? '',
      multilingual_name: inLanguages(continentNames(codes?.continent ?? ''), languages),
    },
  };
  return Object.fromEntries(Object.entries(all).filter(([field]) => field === 'mdm_code' || fields.has(field)));
}

/** The plain name is the Chinese one unless there is another, and is `value` where the first language has none. [derived] */
function words({ value, i18n }: LocalText, languages: readonly string[]): object {
  const [first = 'zh-CN'] = languages;
  const multilingual_value = inLanguages({ 'zh-CN': value, ...i18n }, languages);
  return { value: multilingual_value[first] ?? value, multilingual_value, return_language: first };
}

function inLanguages(
  all: Readonly<Record<string, string>>,
  languages: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    languages.flatMap((language) => (all[language] === undefined ? [] : [[language, all[language]]])),
  );
}
