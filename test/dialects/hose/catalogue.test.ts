import { testCatalogueOf } from '../catalogue.ts';

testCatalogueOf('hose');
