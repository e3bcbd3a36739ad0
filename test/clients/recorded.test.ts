import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { withoutRateLimits } from '../support/without-rate-limits.ts';

/*
 * What published clients put on the wire, byte for byte: recorded from clients that were run unmodified, or written from
 * the source of one that could not be run. Each says its client, version and how it came to be. Every request is answered
 * with success, as each client works against its platform.
 */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const folder = new URL('recorded/', import.meta.url);

interface Recording {
  readonly client: string;
  readonly version: string;
  readonly how: string;
  readonly requests: readonly Recorded[];
}

interface Recorded {
  readonly method: string;
  /** With its query; names in braces stand for what an earlier answer said. */
  readonly path: string;
  /** The content type, where the client sends one. */
  readonly type?: string;
  readonly body?: string;
}

const recordings = readdirSync(folder).map((name): Recording => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  // The files are ours; a member that is missing fails the test that reads it.
  return JSON.parse(text) as Recording;
});

let mingce: Mingce;
beforeEach(async () => {
  mingce = await startMingce({ port: 0, store: 'sqlite::memory:', companies: [withoutRateLimits(demo)] });
});
afterEach(() => mingce.close());

test.each(recordings.map((one) => [`${one.client} ${one.version}`, one] as const))('%s', async (_name, recording) => {
  expect(recording.how).not.toBe('');
  const known: Record<string, string> = {};
  const filled = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => known[name] ?? '');
  for (const { method, path, type, body } of recording.requests) {
    const answer = await fetch(`${mingce.url}${filled(path)}`, {
      method,
      headers: {
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(path.startsWith('/open-apis/') ? { authorization: `Bearer ${known['token'] ?? ''}` } : {}),
      },
      // Bytes, so that no content type is added where the client sends none.
      ...(body === undefined ? {} : { body: new TextEncoder().encode(filled(body)) }),
    });
    const json = (await answer.json()) as Readonly<Record<string, unknown>>;
    expect([json['code'] ?? json['errcode'], answer.status], `${method} ${path}\n${JSON.stringify(json)}`).toEqual([
      0, 200,
    ]);
    note(json, known);
  }
});

/** Keeps what later requests name: the token, and of a user the ids. */
function note(json: Readonly<Record<string, unknown>>, known: Record<string, string>): void {
  const token = json['tenant_access_token'] ?? json['access_token'];
  if (typeof token === 'string') known['token'] = token;
  const { user } = (json['data'] ?? {}) as { readonly user?: Readonly<Record<string, unknown>> };
  if (user === undefined || typeof user['user_id'] !== 'string' || user['user_id'] === 'zhangsan') return;
  known['user'] = user['user_id'];
  for (const id of ['union_id', 'open_id']) known[id] = String(user[id]);
  const [department] = user['department_ids'] as readonly string[];
  // Asked for by custom ids it is one; the other kind is read once.
  if (department?.startsWith('od-') === true) known['open_department_id'] = department;
}

test('each recording says of whom it is, and nothing in it is a secret but the demo company’s', () => {
  expect(recordings.length).toBeGreaterThan(4);
  for (const { requests } of recordings) {
    const text = JSON.stringify(requests);
    expect(text).not.toMatch(/access_token=[0-9a-f]{20}|t-[0-9a-f]{30}/);
  }
});
