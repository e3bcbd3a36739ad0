import { openCatalogue, type Catalogue } from './sandbox/catalogue/read.ts';
import { dialects } from './dialects/registry.ts';

/** The codes of every platform; a build keeps them in one file, the sources in one file each. */
export const catalogue: Catalogue = openCatalogue({
  dialects: dialects.map(({ name }) => name),
  folder: new URL('./dialects/', import.meta.url),
  built: new URL('./catalogue.json', import.meta.url),
});
