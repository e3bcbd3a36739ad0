import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { postgresFlavor } from './engines/postgres-flavor.ts';
import { sqliteFlavor } from './engines/sqlite-flavor.ts';
import { migrations } from './migrations/index.ts';

/** What every step does, as a digest on each engine. A line is added with its step, and never changed. */
const released = [
  {
    sqlite: '1cbc331c19fc7cee2802618d1cbf3ba1d991b8425c823ebeed4d1b3e8441622c',
    postgres: 'b3e79ed65f676a541c4016e692b1e5b678ff3a5c3cc601f779c530ffcc468da5',
  },
  {
    sqlite: '4addf293fb43282d10d98c03a2612fc52b4523dc812d05a32712a209af989ce7',
    postgres: 'b2a2a9926b25652919befc60988ccdacaa8663d55813f0271efea93b1492002c',
  },
  {
    sqlite: '430c729ebf1f1439359799906990bba41a61818763db96257c452ccb7e8d8ce4',
    postgres: 'c59d0e07f0a017d5b1522b6280951d45df5d81713b0cc2b50b4bbc67bdaac94c',
  },
  {
    sqlite: '8e00ae4e46224afaa1fef19593c26e5ed36b726461733459df5f14c38a2dd4d0',
    postgres: '99ed6f533cabd398803d612049de12ce487801e7f3abf6864814abb44ebbbccd',
  },
  {
    sqlite: '64502ac1376bb51eb5fb278cf93608c4e58325bb76e8f128dcedb6cc4ada209e',
    postgres: '511debd93e7922b12acc6b91ad5fcdb3a185371cc19a7123dab788f5abf0e9ae',
  },
  {
    sqlite: 'fb1eb7e3285a672b22563e755216b623cba329320bd6b98a2f3e2a805553e7d2',
    postgres: 'fb1eb7e3285a672b22563e755216b623cba329320bd6b98a2f3e2a805553e7d2',
  },
  {
    sqlite: '5e8c2aec1d3a30b7afcb5f2b555270ca488073b5c086171d274ce9a032ee5448',
    postgres: '08a438fe51742ef9581bfc65881873df00fd0f475304753086909212da0be0af',
  },
  {
    sqlite: 'db8d898a912e3db762a8ced318d2baaece95e4f57985fe95366b11a4ccb0be78',
    postgres: 'ab7ba27e7b1f995d89d2567f234dd5c5cd3f7f829636bc067aea88cdd6379e47',
  },
  {
    sqlite: 'b9e4eaa3bf4edea544ba71c23847f53fdf17abd0eefa4731b73ca8a068c430c2',
    postgres: '7e66a0d0770a4fcf8ab2cb0dbc27d1db732b91f57bddb6364cb3751323cb01b9',
  },
  {
    sqlite: '4278d09410f5144729959af623ba924c400e1633a17fed5236eb9583b74f772f',
    postgres: '78968dc30b4fbe39295b145d23086788a3ec5c30989d51478c94538f2f6f18b9',
  },
  {
    sqlite: '0b1463cefb458c8cff74bbbb881dfa0640f5f60f2e86a6a0b0e114d58db711fb',
    postgres: '14007b8ee3e97b16ef5542637e10d936c81b90d925545a79cd3adb34bc79685b',
  },
  {
    sqlite: '66afe43fe2194d857f5443e340bdaaec46dc9040b90f3f040b873d5ce6fd5dcc',
    postgres: 'a8943f5d3c569c284729c4b85c3f82d62310c0977fdbd99818ef843768536765',
  },
  {
    sqlite: '23be363210fa02a499221b9c4ffbfd5e5343ef5e522e339b5deb5ab43b7747fa',
    postgres: '4f59818a7e20800b960867fc30f6dceb7801cc2b7a95bc04c0748d49dcc8b29f',
  },
];

function digest(statements: readonly string[] | undefined): string {
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex');
}

test('the steps that lead to today’s tables are those that were released', () => {
  const now = migrations.map((step) => ({
    sqlite: digest(step(sqliteFlavor)),
    postgres: digest(step(postgresFlavor(true))),
  }));
  for (const [index, then] of released.entries()) {
    expect(
      now[index],
      `Migration ${String(index + 1)} was released and there is data that it made: leave it as it was and make a new migration instead.`,
    ).toEqual(then);
  }
  expect(now.length, 'A new migration needs its digests in this list.').toBe(released.length);
});

test('databases without named locks get the same tables', () => {
  for (const step of migrations) expect(step(postgresFlavor(false))).toEqual(step(postgresFlavor(true)));
});
