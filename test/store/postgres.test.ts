import { openStore } from '../../src/store/open.ts';
import { storeSuite } from '../../src/store/store.suite.ts';
import { freshSchema } from '../fresh-store.ts';

storeSuite('PostgreSQL', async () => await openStore(await freshSchema()));
