import { expect, test } from 'vitest';
import type { Link } from '../../directory/targets/target-store.ts';
import type { OwnCompany } from './own-people.ts';
import { WaitingLooks } from './waiting-looks.ts';

type Departments = OwnCompany['departments'];

const departments = (names: Readonly<Record<string, string>>): Departments =>
  Object.entries({ root: '恒达', ...names }).map(([id, value]) => {
    return { id, parent: id === 'root' ? null : 'root', name: { value }, code: '', ids: {} };
  }) as unknown as Departments;
const link = (subject: string, name: string): Link => ({
  kind: 'department',
  subject,
  liveId: subject,
  matchedBy: 'path',
  state: 'linked',
  base: { name },
  baseAt: 1,
  delivered: 0,
});

/** A store that counts how often links are read. */
class Links {
  reads = 0;
  mark = '1';
  all: readonly Link[] = [];

  links(_: string, { limit, after }: { readonly limit: number; readonly after?: Pick<Link, 'subject'> }) {
    this.reads++;
    const rest = this.all.filter(({ subject }) => after === undefined || subject > after.subject);
    return Promise.resolve(rest.slice(0, limit));
  }

  linkMark(): Promise<string> {
    return Promise.resolve(this.mark);
  }
}

test('links are read again only where ours or theirs changed', async () => {
  const store = new Links();
  store.all = [link('rd', '研发')];
  const looks = new WaitingLooks();
  const before = departments({ rd: '研发' });
  const none = { count: 0, first: [] };
  expect([await looks.of(store, 't', before), await looks.of(store, 't', before), store.reads]).toEqual([
    none,
    none,
    1,
  ]);
  const renamed = departments({ rd: '研究' });
  expect([await looks.of(store, 't', renamed), store.reads]).toEqual([{ count: 1, first: ['rd'] }, 2]);
  store.all = [link('rd', '研究')];
  store.mark = '2';
  expect([await looks.of(store, 't', renamed), store.reads]).toEqual([none, 3]);
  // Another target has its own, and one that is forgotten is read again.
  await looks.of(store, 'u', renamed);
  looks.forget('t');
  await looks.of(store, 't', renamed);
  expect(store.reads).toBe(5);
});

test('of many pages of links the first ten that wait are named, by our ids', async () => {
  const store = new Links();
  const ids = Array.from({ length: 1_200 }, (_, n) => `d${String(n).padStart(4, '0')}`);
  store.all = ids.map((id) => link(id, '旧'));
  const names = Object.fromEntries(ids.toReversed().map((id) => [id, '新']));
  expect(await new WaitingLooks().of(store, 't', departments(names))).toEqual({
    count: 1_200,
    first: ids.slice(0, 10),
  });
});
