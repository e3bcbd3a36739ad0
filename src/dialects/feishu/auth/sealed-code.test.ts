import { expect, test } from 'vitest';
import type { App } from '../../../directory/auth/app.ts';
import { hashSecret } from '../../../directory/auth/secret.ts';
import { randomIds } from '../../../lib/ids.ts';
import { openCode, sealCode } from './sealed-code.ts';

const app: App = {
  id: 'one',
  dialect: 'feishu',
  key: 'cli_one',
  secret: hashSecret('one', 'salt'),
  enabled: true,
  settings: {},
};
const grant = { employee: 'ann', scopes: null, agreedAt: 0, expiresAt: 1, redirect: 'r' };

test.each(['t-', 'a-', 'u-', 'eyJ'])('a code never begins with %s, as a token does', (beginning) => {
  const like = Buffer.from(beginning.padEnd(32, 'A'), 'base64url').toString('hex');
  const seeds = [like, like, '00'.repeat(24)];
  const code = sealCode(app, grant, { ...randomIds, hex: () => seeds.shift() ?? '' });
  expect(code.startsWith('AAAA')).toBe(true);
  expect(seeds).toEqual([]);
  expect(openCode(code, app)).toEqual(grant);
});
