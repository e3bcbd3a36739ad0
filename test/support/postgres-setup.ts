import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the PostgreSQL server that a test run shares. */
    postgresUrl: string;
  }
}

/** Starts the one PostgreSQL server of a test run; every store gets a schema of its own on it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ isHasty: true });
  project.provide('postgresUrl', server.url);
  // The package ends the process by itself, with success whatever the tests came to; the server is stopped below.
  for (const event of ['beforeExit', 'exit']) process.removeAllListeners(event);
  return () => server.stop();
}
