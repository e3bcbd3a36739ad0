import type { Answer } from '../../../support/test-directory.ts';
import { formOf } from '../form.ts';
import type { Acme } from '../test-company.ts';

/** Uploads a file as the assistant; its media_id. */
export async function uploadFile(company: Acme, file: string | Uint8Array): Promise<string> {
  const url = `/cgi-bin/media/upload?access_token=${await company.token('contacts')}&type=file`;
  const { json } = await company.directory.send('POST', url, formOf(file));
  return String(json.media_id);
}

/** Uploads a file and begins an import of it. */
export async function begin(
  company: Acme,
  what: 'syncuser' | 'replaceuser' | 'replaceparty',
  file: string | Uint8Array,
  more: object = {},
): Promise<Answer> {
  const media_id = await uploadFile(company, file);
  return await company.post(`batch/${what}`, { media_id, ...more }, 'contacts');
}

/** What became of a job. */
export async function resultOf(company: Acme, jobid: string): Promise<Answer['json']> {
  return (await company.get('batch/getresult', { jobid }, 'contacts')).json;
}

const ASKED_AT_MOST = 5;

/** Begins an import and waits for what becomes of it. */
export async function imported(
  company: Acme,
  what: 'syncuser' | 'replaceuser' | 'replaceparty',
  file: string | Uint8Array,
  more: object = {},
): Promise<Answer['json']> {
  const { json } = await begin(company, what, file, more);
  if (json.errcode !== 0) return json;
  // An answer waits five seconds for the end of a job, which may take longer where other tests run beside it.
  for (let asked = 1; ; asked++) {
    const result = await resultOf(company, json.jobid);
    if (result.status === 3 || asked === ASKED_AT_MOST) return result;
  }
}
