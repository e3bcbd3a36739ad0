import { dialectSuite } from './dialect.suite.ts';
import { dialects } from './registry.ts';

dialectSuite(dialects, new URL('./', import.meta.url));
