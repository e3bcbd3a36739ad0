import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestDirectory } from '../../../support/test-directory.ts';
import { violationsIn } from '../feishu-client.ts';
import { contactOf, openInn, resultOf, type Contact } from '../contact/users-client.ts';

/* Writes of job families: contract feishu-contact.md 4.3, 9.1. */

let directory: TestDirectory;
let app: Contact;
beforeEach(async () => {
  directory = await openInn();
  app = await contactOf(directory);
});
afterEach(() => directory.close());

const create = (body: object) => app('POST', 'job_families', body);
const update = (id: string, body: object) => app('PUT', `job_families/${id}`, body);
const remove = (id: string) => app('DELETE', `job_families/${id}`);
const ops = { name: 'Ops', status: true };

test('a family is made below another, changed and shown', async () => {
  const i18n_name = [{ locale: 'en_us', value: 'Operations' }];
  const { job_family } = (await create({ ...ops, parent_job_family_id: 'all', description: 'd', i18n_name })).json.data;
  expect(job_family).toEqual({
    job_family_id: expect.any(String),
    name: 'Ops',
    description: 'd',
    parent_job_family_id: 'all',
    status: true,
    i18n_name,
    i18n_description: [],
  });
  const changed = await update(job_family.job_family_id, { name: 'Run', status: false });
  expect(changed.json.data.job_family).toMatchObject({ name: 'Run', status: false, description: 'd' });
  const kept = await app('GET', `job_families/${job_family.job_family_id}`);
  expect(kept.json.data).toEqual(changed.json.data);
  const file: unknown = await directory.companies.export('inn');
  expect(String(file)).toMatch(/description:\s*\{?\s*value: d\b/);
});

describe('a family is refused', () => {
  test.each([
    [{ name: '', status: true }, 42404, 'job family name not valid'],
    [{ name: 'x'.repeat(101), status: true }, 42404, 'job family name not valid'],
    [{ ...ops, description: 'x'.repeat(5_001) }, 42405, 'job family description not valid'],
    [{ name: 'All', status: true }, 42406, 'job family name duplicate'],
    [{ ...ops, parent_job_family_id: 'nothing' }, 42408, 'parent job family not exist'],
  ])('%j', async (body, code, msg) => {
    expect(resultOf(await create(body))).toEqual([400, code, msg]);
  });

  test('without a name or a status, which must be there', async () => {
    expect(violationsIn(await create({}))).toEqual([
      ['name', 'name is required'],
      ['status', 'status is required'],
    ]);
  });

  test('below itself, below one that is off or deleted, and too deep', async () => {
    const made = async (body: object) => (await create(body)).json.data.job_family.job_family_id as string;
    const below = await made({ name: 'Below', status: true, parent_job_family_id: 'all' });
    expect(resultOf(await update('all', { name: 'All', status: true, parent_job_family_id: below }))[1]).toBe(42407);
    expect(resultOf(await remove('all'))).toEqual([400, 42411, 'job family has child can not delete']);
    const off = await made({ name: 'Off', status: false });
    expect(resultOf(await create({ ...ops, parent_job_family_id: off }))[1]).toBe(42409);
    expect((await remove(off)).json).toEqual({ code: 0, msg: 'success', data: {} });
    expect(resultOf(await create({ ...ops, parent_job_family_id: off }))[1]).toBe(42410);
    expect(resultOf(await app('GET', `job_families/${off}`))).toEqual([404, 42404, 'job family not exist']);
    expect(resultOf(await update(off, ops))).toEqual([404, 42402, 'job family not exist']);
    let deepest = below;
    for (let depth = 3; depth <= 10; depth++)
      deepest = await made({ name: `D${String(depth)}`, status: true, parent_job_family_id: deepest });
    expect(resultOf(await create({ ...ops, parent_job_family_id: deepest }))[1]).toBe(42413);
  });
});
