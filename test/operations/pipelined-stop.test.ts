import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bytesOf } from '../hostile-input/socket.ts';
import { scratchFolder, serveProgram } from '../support/program.ts';
import { disableRateLimits } from '../support/running-server.ts';
import { tokensAt, type Tokens } from '../support/clients/demo.ts';

/* Callers that send their next updates without waiting for the answers to those before. */

/** How many updates a caller has on their way at one time. */
const WINDOW = 30;

const WRITERS = ['linfeng', 'zhouhao', 'hebin', 'zhuli', 'tangjing', 'xulan'];

/** The bytes of an update that changes something. */
function update(at: number, number: number, { feishu, wecom, hose }: Tokens): Buffer {
  const person = WRITERS[at] ?? '';
  const name = `n${String(number)}`;
  const asked = (method: string, target: string, body: object, token?: string): Buffer =>
    bytesOf({
      method,
      target,
      connection: 'keep-alive',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  if (at < 2) {
    const path = `/open-apis/directory/v1/employees/${person}?employee_id_type=employee_id`;
    return asked('PATCH', path, { employee: { name: { name: { default_value: name } } } }, feishu);
  }
  if (at < 4) {
    const item = { userid: person, update_items: [{ fieldid: 11001, value_string: name }] };
    return asked('POST', `/cgi-bin/hr/update_staff_info?access_token=${wecom}`, item);
  }
  const path = `/api/openapi/v1.1/staffs/batch/update?accessToken=${encodeURIComponent(hose)}`;
  return asked('PUT', path, { staffList: [{ id: `xgJ3wajigF25H0:${person}`, name }] });
}

/** Writes one employee, with so many updates under way, until the server ends the connection. */
class Pipeline {
  readonly ended: Promise<unknown>;
  answered = 0;
  #text = '';

  constructor(url: string, at: number, tokens: Tokens) {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname);
    // Writing to a stopped server fails with an error.
    socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    let sent = 0;
    socket.on('data', (chunk: Buffer) => {
      this.#text += chunk.toString('latin1');
      const answers = this.#text.split('HTTP/1.1 200 ').length - 1;
      for (; this.answered < answers; this.answered++) if (socket.writable) socket.write(update(at, ++sent, tokens));
    });
    for (; sent < WINDOW;) socket.write(update(at, ++sent, tokens));
  }

  get lastWords(): string {
    return this.#text.slice(this.#text.lastIndexOf('HTTP/1.1 '));
  }
}

/** How often each of them was changed, as the log has it. */
async function changes(url: string): Promise<readonly number[]> {
  return await Promise.all(
    WRITERS.map(async (person) => {
      const path = `/mingce/v1/companies/demo/employees/${person}/changes?limit=1000`;
      const answer = await fetch(url + path, { headers: { authorization: 'Bearer mingce-demo-admin' } });
      return ((await answer.json()) as { readonly changes: readonly unknown[] }).changes.length;
    }),
  );
}

test('stopped while many updates wait on each connection, it carries out those it answers and no others', async () => {
  for (const enough of [1, 30]) {
    using folder = scratchFolder();
    const server = await serveProgram(['--data', folder.file('data')]);
    await disableRateLimits(server.url);
    const before = await changes(server.url);
    const tokens = await tokensAt({ url: server.url, fetch });
    const pipelines = WRITERS.map((_person, at) => new Pipeline(server.url, at, tokens));
    while (pipelines.some(({ answered }) => answered < enough)) await sleep(1);
    const { code, stderr } = await server.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await Promise.all(pipelines.map(({ ended }) => ended));

    const again = await serveProgram(['--data', folder.file('data')]);
    const after = await changes(again.url);
    expect(after.every((count) => count < 1_000)).toBe(true);
    expect(after.map((count, at) => count - (before[at] ?? 0))).toEqual(pipelines.map(({ answered }) => answered));
    for (const { lastWords } of pipelines) expect(lastWords).toMatch(/^Connection: close\r$/m);
    expect((await again.stop()).code).toBe(0);
  }
}, 120_000);
