import { isUtf8 } from 'node:buffer';
import type { Call, Reply, Route } from '../../dialects/dialect.ts';
import {
  CompanyFileError,
  CompanyMovedError,
  CompanyTooLargeError,
  RemovalsError,
  type Companies,
} from '../../company/contract.ts';
import { JsonList } from '../../lib/turns.ts';
import type { Applied, CompanyList } from './contract.ts';
import { noContent, json, problem, textInPieces } from './reply.ts';

/** The form of a company's key, which is part of paths. */
const KEY = /^[a-z0-9][a-z0-9-]{0,62}$/;

const utf8 = new TextDecoder();
/** Bytes of a company file from which it is read in a thread. */
const LONG = 131_072;

/** Companies as files. */
export function companyRoutes(companies: Companies): readonly Route[] {
  return [
    {
      operation: 'companies.list',
      method: 'GET',
      path: '/mingce/v1/companies',
      answer: async () => {
        const keys = await companies.keys();
        return json(200, { companies: keys.map((key) => ({ key })) } satisfies CompanyList);
      },
    },
    {
      operation: 'companies.show',
      method: 'GET',
      path: '/mingce/v1/companies/:key',
      answer: async ({ params }) => {
        const key = params['key'] ?? '';
        const summary = await companies.summary(key);
        return summary === null ? companyNotFound(key) : json(200, summary);
      },
    },
    {
      operation: 'companies.apply',
      method: 'PUT',
      path: '/mingce/v1/companies/:key',
      answer: (call) => apply(companies, call),
    },
    {
      operation: 'companies.export',
      method: 'GET',
      path: '/mingce/v1/companies/:key/file',
      answer: async ({ params }) => {
        const key = params['key'] ?? '';
        try {
          const file = await companies.exportPieces(key);
          return file === null ? companyNotFound(key) : await textInPieces('application/yaml', file);
        } catch (error) {
          if (!(error instanceof CompanyTooLargeError)) throw error;
          return problem(422, error.message);
        }
      },
    },
    {
      operation: 'companies.remove',
      method: 'DELETE',
      path: '/mingce/v1/companies/:key',
      answer: async ({ params, requestId }) => {
        const key = params['key'] ?? '';
        return (await companies.remove(key, requestId)) ? noContent : companyNotFound(key);
      },
    },
  ];
}

async function apply(companies: Companies, { params, query, body, requestId }: Call): Promise<Reply> {
  const key = params['key'] ?? '';
  if (!KEY.test(key)) return NO_KEY;
  const plan = query.get('plan') ?? 'false';
  if (plan !== 'true' && plan !== 'false') return problem(400, 'The parameter plan is true or false.');
  const removals = query.get('removals') ?? 'few';
  if (removals !== 'allow' && removals !== 'few') return problem(400, 'The parameter removals is allow or few.');
  const state = query.get('state');
  const unreadable = fileProblem(body);
  if (unreadable !== null) return unreadable;
  // A long one is decoded in the thread that reads it.
  const file = body.length > LONG ? body : utf8.decode(body);
  try {
    const done = await companies.apply(key, file, {
      plan: plan === 'true',
      request: requestId,
      removals,
      ...(state === null ? {} : { state }),
    });
    return await appliedReply({ ...done, planned: plan === 'true' });
  } catch (error) {
    if (error instanceof CompanyMovedError) return problem(409, error.message, { code: 'company-moved' });
    if (error instanceof RemovalsError) {
      return problem(409, `${error.message} Look at it with plan=true; if it is meant, add removals=allow.`, {
        removals: error.count,
      });
    }
    return fileRefused(error);
  }
}

/** The answer about a file that cannot be applied; throws what is wrong with something else. */
export function fileRefused(error: unknown): Reply {
  if (error instanceof CompanyTooLargeError) return problem(422, error.message);
  if (!(error instanceof CompanyFileError)) throw error;
  return problem(422, 'The company file has mistakes; nothing was changed.', { faults: error.faults });
}

/** The answer to a key of a company that no company can have. */
export const NO_KEY = problem(
  400,
  'A company key is 1 to 63 lower-case letters, digits and hyphens, the first no hyphen.',
);

/** Whether a text could be the key of a company. */
export function isCompanyKey(key: string): boolean {
  return KEY.test(key);
}

/** Why a body cannot be a company file; null where it can. */
export function fileProblem(body: Uint8Array): Reply | null {
  if (!isUtf8(body)) return problem(400, 'The company file is not text in UTF-8.');
  const isEmpty = body.length <= LONG && utf8.decode(body).trim() === '';
  return isEmpty ? problem(400, 'Send the company file, YAML or JSON, as the body.') : null;
}

/** Answers what was done; its steps, of which there may be many, are written a few at a time. */
async function appliedReply({ company, steps, warnings, state, present, planned }: Applied): Promise<Reply> {
  const list = new JsonList();
  await list.add(steps, (step) => step);
  const before = `${JSON.stringify({ company }).slice(0, -1)},"steps":`;
  const after = JSON.stringify({ ...(warnings === undefined ? {} : { warnings }), state, present, planned });
  return { ...json(200, {}), body: list.between(before, `,${after.slice(1)}`) };
}

/** The answer about a company that is not there; what was asked for is repeated only if it could be a key. */
export function companyNotFound(key: string): Reply {
  return KEY.test(key)
    ? problem(404, `There is no company "${key}".`, { detail_zh: `没有公司「${key}」。` })
    : problem(404, 'There is no such company.', { detail_zh: '没有这家公司。' });
}
