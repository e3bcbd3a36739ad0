import type { Reply, Route } from '../../../dialects/dialect.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import type { Catalogue } from '../../../sandbox/catalogue/read.ts';
import type { CompanySuppressions, SuppressionChanged } from '../../../sandbox/doctor/company-suppressions.ts';
import type { DoctorReport, FindingView } from '../../../sandbox/doctor/contract.ts';
import { examine, examineInTurns } from '../../../sandbox/doctor/examine.ts';
import { suppress } from '../../../sandbox/doctor/suppressions.ts';
import type { JournalEntry } from '../../../sandbox/journal/entry.ts';
import type { Journal } from '../../../sandbox/journal/journal.ts';
import { languageOf } from '../language.ts';
import { QueryLanguageError, readQuery } from '../../../sandbox/journal/query-language.ts';
import { companyNotFound } from '../companies.ts';
import { json, noContent, problem } from '../reply.ts';
import { chosenIn } from './chosen-entries.ts';

/** What the doctor is made of. */
export interface DoctorOptions {
  readonly journal: Journal | undefined;
  readonly catalogue: Catalogue;
  readonly now: () => number;
  readonly suppressions: CompanySuppressions;
}

/** Returns what is found in the calls of a company, for those who ask without the admin API. */
export function findingsByCompany(
  entries: () => Iterable<JournalEntry>,
  catalogue: Catalogue,
): (company: string) => readonly FindingView[] {
  return (company) => {
    const calls = [...entries()].filter((entry) => entry.company === company);
    return examine(calls, catalogue, 'en').findings;
  };
}

const SUPPRESSION = '/mingce/v1/doctor/suppressions/:id';

/** Looks in the journal for what the clients do wrong, and keeps what of it a company accepts. */
export function doctorRoutes({ journal, catalogue, now, suppressions }: DoctorOptions): readonly Route[] {
  return [
    {
      operation: 'doctor',
      method: 'GET',
      path: '/mingce/v1/doctor',
      answer: async (call, { store }) => {
        const company = call.query.get('company');
        // Of a company that there is not nothing is found, which would seem to be good.
        if (company !== null && (await store.tenantByKey(company)) === null) return companyNotFound(company);
        if (journal === undefined)
          return problem(409, 'No journal is kept, so nothing can be judged; start with MINGCE_SANDBOX=on.');
        try {
          const entries = selected(journal, call.query, now());
          const report = await examineInTurns(entries, catalogue, languageOf(call));
          const today = new Date(now()).toISOString().slice(0, 10);
          return json(200, await accepted(report, suppressions, today));
        } catch (error) {
          if (!(error instanceof QueryLanguageError)) throw error;
          return problem(400, `The search cannot be read. ${error.message}`);
        }
      },
    },
    {
      operation: 'doctor.suppress',
      method: 'PUT',
      path: SUPPRESSION,
      answer: async ({ params: { id = '' }, query, body }) => {
        const parsed = parseJson(body);
        if (!parsed.ok || !isObject(parsed.value))
          return problem(422, 'Send {"reason": "…"}, with "app", "operation" and "until" where it is not for all.');
        const company = query.get('company');
        return company === null ? NO_COMPANY : answerOf(await suppressions.put(company, id, parsed.value), company);
      },
    },
    {
      operation: 'doctor.unsuppress',
      method: 'DELETE',
      path: SUPPRESSION,
      answer: async ({ params: { id = '' }, query }) => {
        const company = query.get('company');
        return company === null ? NO_COMPANY : answerOf(await suppressions.remove(company, id), company);
      },
    },
  ];
}

const NO_COMPANY = problem(422, 'Say which company keeps it: ?company=<key>.');
const STATUS = { invalid: 422, unknown: 404 } as const;

function answerOf(changed: SuppressionChanged, company: string): Reply {
  if (changed === 'done') return noContent;
  const { refused, why } = changed;
  return why === 'unknown-company' ? companyNotFound(company) : problem(STATUS[why], refused);
}

/** Says of each finding whether its company accepts it, and of each suppression whether it applied. */
async function accepted(
  report: Omit<DoctorReport, 'suppressions'>,
  suppressions: CompanySuppressions,
  today: string,
): Promise<DoctorReport> {
  const companies = new Set(report.findings.flatMap(({ company }) => company ?? []));
  const findings: FindingView[] = report.findings.filter(({ company }) => company === null);
  const listed: DoctorReport['suppressions'][number][] = [];
  for (const company of companies) {
    const list = await suppressions.list(company);
    const own = report.findings.filter((finding) => finding.company === company);
    const { findings: judged, unused } = suppress(own, list, today);
    findings.push(
      ...judged.map(([finding, reason]) => (reason === null ? finding : { ...finding, suppressed: reason })),
    );
    listed.push(...list.map((one) => ({ ...one, company, used: !unused.includes(one) })));
  }
  return { ...report, findings, suppressions: listed };
}

/** The entries that are named, of a company, or since a time. */
function selected(journal: Journal, query: URLSearchParams, now: number): readonly JournalEntry[] {
  const chosen = chosenIn(journal, query);
  const terms = ['company', 'since'].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [`${name}:${JSON.stringify(value)}`];
  });
  const condition = readQuery(terms.join(' '), now);
  const entries = chosen ?? [...journal.entries()];
  return terms.length === 0 ? entries : entries.filter((entry) => condition({ entry, fields: () => [] }));
}
