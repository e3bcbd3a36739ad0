import { createDecipheriv, hash } from 'node:crypto';
import { expect } from 'vitest';
import { exportJobs } from '../../../../src/dialects/wecom/exports/jobs.ts';
import type { Answer } from '../../../support/test-directory.ts';
import type { Acme } from '../test-company.ts';

/** The key that files of these tests are encrypted with. */
export const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

/** Begins an export as one of the apps. */
export async function askFor(
  company: Acme,
  what: string,
  body: object | string = { encoding_aeskey: KEY },
  secret = 'hr',
): Promise<Answer['json']> {
  return (await company.post(`export/${what}`, body, secret)).json;
}

/** What became of an export. */
export async function resultOf(company: Acme, jobid: string, secret = 'hr'): Promise<Answer['json']> {
  return (await company.get('export/get_result', { jobid }, secret)).json;
}

/** The texts of an export, decrypted as the page says. */
export async function readExport(company: Acme, what: string, body?: object, secret?: string): Promise<unknown[]> {
  const { jobid } = await askFor(company, what, body, secret);
  expect(jobid).toMatch(/^jobid_[0-9a-f]{1,58}$/);
  const done = await resultOf(company, jobid, secret);
  expect(done).toMatchObject({ errcode: 0, errmsg: 'ok', status: 2 });
  return (done.data_list as { url: string; size: number; md5: string }[]).map(({ url, size, md5 }) => {
    const id = new URL(url).searchParams.get('id') ?? '';
    const bytes = exportJobs(company.directory.store).file(id)?.file.bytes ?? Buffer.alloc(0);
    expect([bytes.length, hash('md5', bytes, 'hex'), bytes.length % 32]).toEqual([size, md5, 0]);
    const key = Buffer.from(`${KEY}=`, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
    const padding = plain.at(-1) ?? 0;
    expect(plain.subarray(-padding).every((byte) => byte === padding)).toBe(true);
    return JSON.parse(plain.subarray(0, -padding).toString()) as unknown;
  });
}
