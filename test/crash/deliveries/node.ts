import { readFileSync } from 'node:fs';
import type * as Library from '../../../src/index.ts';
import { LIBRARY } from '../../support/program-path.ts';

/* One of the programs of `rounds.ts`: a directory with short waits, or a live platform; says where it listens. */

const [store = '', port = '0', ...files] = process.argv.slice(2);
const { startMingce } = (await import(LIBRARY)) as typeof Library;
const { url } = await startMingce({
  store,
  port: Number(port),
  adminKey: 'sesame',
  companies: files.map((file) => readFileSync(file, 'utf8')),
  keepChanged: true,
  deliveryWaits: { sendWithinMs: 600, doubtMs: 600, leaseMs: 4_000 },
});
process.stdout.write(`listening on ${url}\n`);
