import { expect, test } from 'vitest';
import type { RequestView } from '../../src/sandbox/journal/contract.ts';
import type { Replayed } from '../../src/sandbox/replay/contract.ts';
import { commandsOn, serveProgram } from '../support/program.ts';

test('calls are sent again from a shell, which says whether their answers differ', async () => {
  const server = await serveProgram(['--store', 'sqlite::memory:'], { MINGCE_ADMIN_KEY: 'sesame' });
  const run = commandsOn(server, 'sesame');
  const token = await fetch(`${server.url}/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret`);
  const { access_token } = (await token.json()) as { access_token: string };
  const answer = await fetch(`${server.url}/cgi-bin/hr/update_staff_info?access_token=${access_token}`, {
    method: 'POST',
    body: JSON.stringify({ userid: 'xxxxx', update_items: [{ fieldid: 11_020, value_string: 'x' }] }),
  });
  const id = answer.headers.get('x-mingce-request') ?? '';
  const same = await run(['replay', id, id, '--exit-code']);
  expect(same.code, same.stderr).toBe(0);
  expect(same.stdout.match(/answered as before/g)).toHaveLength(2);
  const other = await run(
    ['replay', id, '--body', '-', '--exit-code', '--json', '--fork', 'demo-fork'],
    '{"userid": "nobody-here", "update_items": []}',
  );
  expect(other.code, other.stderr).toBe(2);
  const replayed = JSON.parse(other.stdout) as Replayed;
  expect(replayed).toMatchObject({ resent_from: id, company: 'demo-fork', comparison: { same: false } });
  const list = await run(['requests', `id:${replayed.request}`, '--json']);
  expect(JSON.parse(list.stdout) as RequestView).toMatchObject({ company: 'demo-fork', resent_from: id });
  expect((await run(['replay', 'no-such-call'])).stderr).toContain('The journal has no such request');
  await server.stop();
}, 120_000);
