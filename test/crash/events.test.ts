import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KEY, Receiver, TOKEN } from '../delivery/receiver.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { serveProgram, type Serving } from '../support/program.ts';

/* Killed at any moment: no event is lost, none comes before an earlier one, and what comes again is the same. */

const ROUNDS = 6;

let folder: string;
let receiver: Receiver;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingce-events-'));
  receiver = await Receiver.open();
  writeFileSync(
    join(folder, 'acme.yaml'),
    `
mingce: 1
key: acme
name: 恒信
wecom:
  corpid: ww_acme
  apps:
    - agentid: 1
      secret: contacts
      kind: contact_sync
      receive: { url: "${receiver.url}", token: ${TOKEN}, encodingaeskey: ${KEY}, saved_at: "2022-01-01T00:00:00Z" }
    - { agentid: 2, secret: other, trusted_ips: [] }
departments: [{ id: root, name: 恒信 }]
employees: [{ id: li, name: 李四, departments: [root], wecom: { userid: LiSi } }]
`,
  );
});
afterEach(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true });
});

async function tokenAt(url: string): Promise<string> {
  const answer = await fetch(`${url}/cgi-bin/gettoken?corpid=ww_acme&corpsecret=other`);
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}

/** Sets the alias; whether it was acknowledged. */
async function setAlias(url: string, token: string, alias: string): Promise<boolean> {
  const item = { fieldid: 11002, sub_idx: 0, value_string: alias, type: 'string' };
  try {
    const answer = await fetch(`${url}/cgi-bin/hr/update_staff_info?access_token=${token}`, {
      method: 'POST',
      body: JSON.stringify({ userid: 'LiSi', update_items: [item] }),
    });
    return ((await answer.json()) as { readonly errcode: number }).errcode === 0;
  } catch {
    return false;
  }
}

function aliases(): readonly string[] {
  return receiver.messages.map((message) => /<Alias><!\[CDATA\[(.*?)\]\]>/.exec(message)?.[1] ?? '');
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 1_000; tries++) await sleep(10);
}

/** The leases of a node that was killed end, as they do by themselves after twenty seconds. */
async function endLeases(where: string): Promise<void> {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  const { rowCount } = await client.query('UPDATE consumer SET lease_until = 0 WHERE holder IS NOT NULL');
  await client.end();
  expect(rowCount).toBeGreaterThan(0);
}

describe.each(['SQLite', 'PostgreSQL'])('on %s', (engine) => {
  async function store(): Promise<readonly string[]> {
    return engine === 'SQLite' ? ['--data', join(folder, 'data')] : ['--store', await freshSchema()];
  }

  test('an event that was sent when the server was killed is sent again, and is the same', async () => {
    const where = await store();
    const serve = (): Promise<Serving> => serveProgram([...where, '--company', join(folder, 'acme.yaml')]);
    const first = await serve();
    // The receiver has it, and the server never learns so.
    receiver.answering = () => undefined;
    expect(await setAlias(first.url, await tokenAt(first.url), 'a0')).toBe(true);
    await receiver.until(1);
    await first.stop('SIGKILL');
    receiver.answering = (response) => response.end();
    const second = await serve();
    if (engine === 'PostgreSQL') {
      // Until then nothing is sent by another node.
      await sleep(1_500);
      if (receiver.messages.length !== 1) throw new Error('it was sent before the lease ended');
      await endLeases(where.at(-1) ?? '');
    }
    await receiver.until(2, 30_000);
    expect(receiver.messages).toEqual([receiver.messages[0], receiver.messages[0]]);
    await second.stop();
  }, 60_000);

  test(`over ${String(ROUNDS)} kills under load every acknowledged change arrives, in order`, async () => {
    if (engine === 'PostgreSQL') return;
    const where = await store();
    const acknowledged: string[] = [];
    let next = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const server = await serveProgram([...where, '--company', join(folder, 'acme.yaml')]);
      const token = await tokenAt(server.url);
      let isKilled = false;
      const killing = sleep(30 + 41 * round).then(async () => {
        await server.stop('SIGKILL');
        isKilled = true;
      });
      for (let count = 0; count < 60 && !isKilled; count++) {
        const alias = `a${String(next++)}`;
        if (await setAlias(server.url, token, alias)) acknowledged.push(alias);
      }
      await killing;
    }
    const last = await serveProgram([...where, '--company', join(folder, 'acme.yaml')]);
    await until(() => aliases().at(-1) === acknowledged.at(-1));
    await last.stop();
    const arrived = aliases();
    const firsts = [...new Set(arrived)];
    expect(acknowledged.filter((alias) => !arrived.includes(alias))).toEqual([]);
    expect(firsts).toEqual(firsts.toSorted((one, other) => Number(one.slice(1)) - Number(other.slice(1))));
    // What comes again comes at once, before anything newer.
    expect(arrived.filter((alias, index) => alias !== arrived[index - 1])).toEqual(firsts);
  }, 60_000);
});
