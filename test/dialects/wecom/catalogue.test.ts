import { testCatalogueOf } from '../catalogue.ts';

testCatalogueOf('wecom');
