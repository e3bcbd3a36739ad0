import { openStore } from '../../src/store/open.ts';
import { pagesSuite } from '../../src/store/pages.suite.ts';
import { storeSuite } from '../../src/store/store.suite.ts';
import { freshSchema } from '../fresh-store.ts';

storeSuite('PostgreSQL', async () => await openStore(await freshSchema()));
pagesSuite('PostgreSQL', async () => await openStore(await freshSchema()));

// As for databases that speak the protocol but have no locks by name.
storeSuite('PostgreSQL, serializable', async () => await openStore(`${await freshSchema()}&isolation=serializable`));
pagesSuite('PostgreSQL, serializable', async () => await openStore(`${await freshSchema()}&isolation=serializable`));
