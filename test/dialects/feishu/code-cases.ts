import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { merged } from '../../../src/sandbox/catalogue/merge.ts';
import { fixtureFolder } from '../../support/fixtures.ts';

/* Each code of the page 更新员工信息 as data: what state and request produce it, and what mends them. */

/**
 * The table 错误码 of the page 更新员工信息 (https://open.feishu.cn/document/directory-v1/employee/patch, as of
 * 2025-10-09), in its order: 58 codes.
 */
export const CODES: readonly number[] = [
  2221164, 2221165, 2221166, 2221103, 2221106, 2221113, 2221114, 2221156, 2221104, 2221107, 2221118, 2221278, 2221126,
  2221146, 2221147, 2221176, 2221255, 2221125, 2221129, 2221141, 2221181, 2221239, 2221238, 2221221, 2221222, 2221242,
  2221216, 2221217, 2221240, 2221191, 2221192, 2221193, 2221210, 2221144, 2221145, 2221223, 2221263, 2221264, 2221265,
  2221266, 2224001, 2224002, 2224003, 2221252, 2221253, 2221254, 2221111, 2221112, 2221115, 2221116, 2221175, 2221182,
  2221109, 2221292, 2221213, 2221214, 2221293, 2221231,
];

/** Part of a company file; what it says goes over what is there, and `null` takes a member away. */
export type Fragment = Readonly<Record<string, unknown>>;

/** A body of the update. */
export type Body = Readonly<Record<'employee', object>> & { readonly options?: object };

/** One way to get a code. */
export interface CodeCase {
  /** In what the company or the request is wrong. */
  readonly when: string;
  /** At which stage of the contract's order of checks (2.8) it is found. */
  readonly stage: string;
  /** In what the company differs from `fixtures/company.yaml`. */
  readonly company?: Fragment;
  readonly body: Body;
  /** In what the company or the body must differ for the update to be made. */
  readonly mended?: { readonly company?: Fragment; readonly body?: Body };
  /** What the same company accepts, although it looks alike. */
  readonly passes?: Body;
}

/** Everything kept of one code. */
export interface CodeFile {
  /** The sections of the contract. */
  readonly contract: string;
  readonly request: { readonly method: string; readonly path: string };
  readonly response: { readonly status: number; readonly body: { readonly code: number; readonly msg: string } };
  readonly cases: readonly CodeCase[];
}

const folder = fixtureFolder('feishu');

/** The files of the page’s codes, by their names: `codes/2221103.yaml`. */
export const codeFiles: readonly (readonly [file: string, contents: CodeFile])[] = readdirSync(
  new URL('codes/', folder),
)
  .toSorted()
  .filter((name) => CODES.includes(Number(name.replace('.yaml', ''))))
  .map((name) => [`codes/${name}`, read(`codes/${name}`) as CodeFile]);

const base = read('company.yaml') as Fragment;

function read(path: string): unknown {
  return parse(readFileSync(new URL(path, folder), 'utf8'));
}

/** The company of a case as a company file; its app is `cli_KEY` with the secret `secret`. */
export function companyOf(key: string, fragments: readonly (Fragment | undefined)[]): string {
  const company = merged(base, ...fragments);
  const { feishu } = company as { feishu: { apps: readonly object[] } };
  return JSON.stringify({
    ...company,
    key,
    feishu: { ...feishu, apps: feishu.apps.map((app) => ({ ...app, app_id: `cli_${key}` })) },
  });
}
