import { readFileSync } from 'node:fs';
import { startMingce } from '../../src/index.ts';

/* One of the programs of `delivery-rounds.ts`: a directory with short waits, or a live platform; says where it listens. */

const [store = '', file = '', port = '0'] = process.argv.slice(2);
const { url } = await startMingce({
  store,
  port: Number(port),
  adminKey: 'sesame',
  companies: [readFileSync(file, 'utf8')],
  keepChanged: true,
  deliveryWaits: { sendWithinMs: 600, doubtMs: 600 },
});
process.stdout.write(`listening on ${url}\n`);
