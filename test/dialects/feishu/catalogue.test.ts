import { testCatalogueOf } from '../catalogue.ts';

testCatalogueOf('feishu');
