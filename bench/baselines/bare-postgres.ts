import pg from 'pg';

/* What PostgreSQL and its driver can do without us: the statements of one Feishu update, sent together where ours are.
   Prints updates a second; `node bench/baselines/bare-postgres.ts URL CONNECTIONS SECONDS`. */

const [url = '', connections = '32', seconds = '3'] = process.argv.slice(2);
const EMPLOYEES = 10_000;
const WARM_UP_MS = 1_000;

interface Named {
  readonly name: string;
  readonly text: string;
}

const named = (name: string, text: string): Named => ({ name, text });
const token = named(
  'token',
  'SELECT k.*, t.version AS tenant_version FROM token k LEFT JOIN tenant t ON t.number = k.tenant WHERE k.hash = $1',
);
const lockTenant = named(
  'lock-tenant',
  'SELECT pg_advisory_xact_lock_shared(hashtextextended(value, 0)) FROM json_array_elements_text($1::json) AS v (value)',
);
const version = named('version', 'SELECT version FROM tenant WHERE number = $1');
const lockValue = named(
  'lock-value',
  'SELECT pg_advisory_xact_lock(hashtextextended(value, 0)) FROM (SELECT value FROM json_array_elements_text($1::json) AS v (value) ORDER BY value) AS names',
);
const found = named(
  'found',
  'SELECT l.value AS found_by, e.seq, e.record FROM lookup l JOIN employee e ON e.seq = l.employee WHERE l.tenant = $1 AND l.space = $2 AND l.value = $3 ORDER BY l.employee FOR UPDATE OF e',
);
const change = named(
  'change',
  'INSERT INTO change (tenant, employee, previous, at, dialect, operation, app, request, fields) VALUES ($1, $2, coalesce((SELECT change FROM employee WHERE seq = $3), 0), $4, $5, $6, $7, $8, $9)',
);
const update = named(
  'update',
  "UPDATE employee SET updated_at = $1, record = $2, change = currval(pg_get_serial_sequence('change', 'number')) WHERE seq = $3",
);

// The driver's own types do not know yet that it pipelines.
const options = { connectionString: url, pipeline: true } as pg.ClientConfig;
const clients = await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    const client = new pg.Client(options);
    await client.connect();
    return client;
  }),
);
const [first] = clients;
const tenant = Number((await first?.query<{ number: string }>('SELECT number FROM tenant LIMIT 1'))?.rows[0]?.number);
const hash = (await first?.query<{ hash: string }>('SELECT hash FROM token LIMIT 1'))?.rows[0]?.hash;
let updates = 0;

async function updateOne(client: pg.Client): Promise<void> {
  const id = `e${String(Math.floor(Math.random() * EMPLOYEES))}`;
  const space = 'id:feishu.employee_id';
  const at = Date.now();
  await client.query({ ...token, values: [hash] });
  await Promise.all([
    client.query('BEGIN'),
    client.query({ ...lockTenant, values: [JSON.stringify([`tenant ${String(tenant)}`])] }),
    client.query({ ...version, values: [tenant] }),
  ]);
  const [, { rows }] = await Promise.all([
    client.query({ ...lockValue, values: [JSON.stringify([`${String(tenant)} ${space} ${id}`])] }),
    client.query<{ seq: string; record: string }>({ ...found, values: [tenant, space, id] }),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error(`${id} is not there`);
  const fields = JSON.stringify({ alias: [`n${String(at)}`, `n${String(updates)}`] });
  const origin = [at, 'feishu', 'employee.patch', 'feishu-cli_bench', crypto.randomUUID()];
  await Promise.all([
    client.query({ ...change, values: [tenant, id, row.seq, ...origin, fields] }),
    client.query({ ...update, values: [at, row.record, row.seq] }),
    client.query('COMMIT'),
  ]);
  updates++;
}

async function updateFor(ms: number): Promise<number> {
  updates = 0;
  const started = performance.now();
  const end = started + ms;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) await updateOne(client);
    }),
  );
  return updates / ((performance.now() - started) / 1_000);
}

// Every statement is prepared and the code is warm before it counts.
for (const client of clients) await updateOne(client);
await updateFor(WARM_UP_MS);
process.stdout.write(`${String(await updateFor(Number(seconds) * 1_000))}\n`);
await Promise.all(clients.map((client) => client.end()));
