import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreBusyError } from '../../src/directory/errors.ts';
import type { Store } from '../../src/directory/store.ts';
import { openStore } from '../../src/store/open.ts';
import { freshSchema } from '../support/fresh-store.ts';
import { cuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { aliasesOf, makeCompany, rename } from './small-company.ts';

let proxy: CuttingProxy;
let store: Store;
let tenant: number;

beforeEach(async () => {
  const url = new URL(await freshSchema());
  proxy = await cuttingProxy(url.href);
  url.port = String(proxy.port);
  store = await openStore(url.href);
  tenant = await makeCompany(store, ['zhao']);
  await rename(store, tenant, 'zhao', 'before');
});
afterEach(async () => {
  await store.close();
  await proxy.close();
});

test('a connection lost while a write asks is replaced, and the write done once', async () => {
  proxy.cutAt({ words: 'BEGIN', arrives: false });
  await rename(store, tenant, 'zhao', 'after');
  expect(proxy.cuts).toBe(1);
  expect(await aliasesOf(store, tenant, 'zhao')).toEqual(['after', 'before']);
});

test('a connection lost while something is read is replaced', async () => {
  proxy.cutAt({ words: 'm', arrives: false });
  expect(await aliasesOf(store, tenant, 'zhao')).toEqual(['before']);
  expect(proxy.cuts).toBe(1);
});

test('a commit that never arrived is not acknowledged, nor made up for behind the caller’s back', async () => {
  proxy.cutAt({ words: 'COMMIT', arrives: false });
  await expect(rename(store, tenant, 'zhao', 'after')).rejects.toBeInstanceOf(StoreBusyError);
  expect(proxy.cuts).toBe(1);
  expect(await aliasesOf(store, tenant, 'zhao')).toEqual(['before']);
});

test('a commit whose answer was lost is not acknowledged, and not done a second time', async () => {
  proxy.cutAt({ words: 'COMMIT', arrives: true });
  await expect(rename(store, tenant, 'zhao', 'after')).rejects.toBeInstanceOf(StoreBusyError);
  expect(proxy.cuts).toBe(1);
  expect(await aliasesOf(store, tenant, 'zhao')).toEqual(['after', 'before']);
});
