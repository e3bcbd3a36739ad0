import { expect, test } from 'vitest';
import { demoFile, demoKeys } from '../../src/demo.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { draftFromJson, draftToJson } from '../../src/company/reading/draft-json.ts';
import { companyReader } from '../../src/company/read.ts';
import { builtDraft } from '../../src/company/reading/built-files.ts';

test.each(demoKeys())('what the build read in %s.yaml is what is read there', (key) => {
  const text = demoFile(key);
  const platforms = dialects.map(({ name }) => name);
  const built = builtDraft(text, platforms);
  // Another text, so not the one that was built.
  const read = companyReader(dialects)(`${text}\n`);
  expect(built).toStrictEqual(read);
  // Records are kept with their members in this order.
  expect(JSON.stringify(built)).toBe(JSON.stringify(read));
  // Each caller may do with it what it likes.
  expect(builtDraft(text, platforms)?.employees).not.toBe(built?.employees);
  expect(builtDraft(text, platforms.slice(1))).toBeNull();
});

test('a draft is the same as JSON and back, with times and accounts that are given and those that are not', () => {
  const read = companyReader(dialects)(`
mingce: 1
key: acme
name: Acme
employees:
  - { id: a, name: A, mobile: "+8613900000001", created_at: 2024-01-02T03:04:05Z, account: { id: acc_1 } }
  - { id: b, name: B, mobile: "+8613900000002", account: { email: b@acme.example } }
`);
  expect(read.accounts.size).toBe(2);
  expect(draftFromJson(draftToJson(read))).toStrictEqual(read);
});
