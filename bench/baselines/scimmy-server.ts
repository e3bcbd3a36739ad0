import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TOKEN, userId } from './scimmy.ts';

/*
 * SCIMMY as its read-me sets it up, on Express: `scimmy-server.ts RIVALS FILE EMPLOYEES`. SCIMMY brings no store, so this one
 * gives it the simplest that keeps what was answered: one row a user in SQLite, synced at each commit.
 */

type Attributes = Record<string, unknown>;

/** What of SCIMMY and its routers is used here; the package is fetched for the benchmark and has no types in this project. */
interface Scimmy {
  readonly Resources: {
    readonly User: unknown;
    declare(
      resource: unknown,
      handlers: {
        readonly egress: (resource: { readonly id: string }) => Attributes;
        readonly ingress: (resource: { readonly id: string }, user: Attributes) => Attributes;
        readonly degress: (resource: { readonly id: string }) => void;
      },
    ): void;
  };
}
type RoutersClass = new (authentication: {
  readonly type: 'bearer';
  readonly handler: (request: { header(name: string): string | undefined }) => string;
}) => unknown;
type Express = () => { use(path: string, router: unknown): void; listen(port: number, host: string): Server };

const [rivals = '', file = '', employees = '0'] = process.argv.slice(2);
const fetched = createRequire(join(rivals, 'package.json'));
const { default: scimmy } = fetched('scimmy') as { readonly default: Scimmy };
const { default: Routers } = fetched('scimmy-routers') as { readonly default: RoutersClass };
const express = fetched('express') as Express;

const store = new DatabaseSync(file);
store.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
store.exec('CREATE TABLE user (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID');
const insert = store.prepare('INSERT INTO user VALUES (?, ?)');
const find = store.prepare('SELECT body FROM user WHERE id = ?');
const update = store.prepare('UPDATE user SET body = ? WHERE id = ?');
store.exec('BEGIN');
for (let index = 0; index < Number(employees); index++) {
  const id = userId(index);
  insert.run(id, JSON.stringify({ id, userName: id, displayName: '张三', nickName: 'n', active: true }));
}
store.exec('COMMIT');

const read = (id: string): Attributes => {
  const row = find.get(id);
  if (row === undefined) throw new Error(`there is no user ${id}`);
  return JSON.parse(String(row['body'])) as Attributes;
};
scimmy.Resources.declare(scimmy.Resources.User, {
  egress: ({ id }) => read(id),
  ingress: ({ id }, user) => {
    const body = { ...JSON.parse(JSON.stringify(user)), id } as Attributes;
    update.run(JSON.stringify(body), id);
    return body;
  },
  degress: () => undefined,
});

const app = express();
app.use(
  '/scim',
  new Routers({
    type: 'bearer',
    handler: (request) => {
      if (request.header('Authorization') !== `Bearer ${TOKEN}`) throw new Error('the token is another one');
      return 'bench';
    },
  }),
);
const server = app.listen(0, '127.0.0.1');
server.once('listening', () => {
  process.stdout.write(`listening on http://127.0.0.1:${String((server.address() as AddressInfo).port)}\n`);
});
process.on('SIGTERM', () => process.exit(0));
