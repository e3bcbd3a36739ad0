import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';
import { clientOf, corporationB, failure } from './hose-client.ts';
import { companyOf, failureFiles, type Differing } from './failure-cases.ts';

/* Every failure got from the state and by the request that its file tells, and no more once that is mended. */

let world: TestDirectory;
beforeEach(async () => {
  world = await openTestDirectory({ companies: [] });
});
afterEach(() => world.close());

async function answerTo(method: string, path: string, parts: readonly Differing[]): Promise<Answer> {
  const one = Object.assign({}, ...parts) as Differing;
  const plan = { plan: false, request: 'test' };
  await world.companies.apply('b', corporationB(one.other), plan);
  await world.companies.apply('a', companyOf(...parts.map(({ company }) => company)), plan);
  const body = one.body === undefined ? {} : { body: one.body };
  const target = one.path ?? path;
  if (one.token === false)
    return await world.send(method, `${target}${target.includes('?') ? '&' : '?'}accessToken=nobody`, body);
  const client = await clientOf(world, 'key-a', 's');
  return await client.send(method, target, body);
}

const cases = failureFiles.flatMap(([name, { cases: all, ...file }]) => all.map((one) => ({ name, file, ...one })));

test.each(cases)('$name: $when', async ({ file: { request, response, source }, mended, ...one }) => {
  expect(source).toMatch(/contract hose\.md \d/);
  const refused = await answerTo(request.method, request.path, [one]);
  expect([refused.status, refused.json]).toEqual([response.status, failure(response.status, response.message)]);
  for (const id of ['li', 'han', 'left', 'twin1']) expect(await world.history('a', id)).toEqual([]);
  const accepted = await answerTo(request.method, request.path, [one, mended]);
  expect([accepted.status, accepted.text]).toEqual([200, expect.not.stringContaining('errorCode')]);
});
