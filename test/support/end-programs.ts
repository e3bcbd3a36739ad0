import { afterAll } from 'vitest';
import { endPrograms } from './program.ts';

// Vitest runs this before each file.
afterAll(endPrograms);
