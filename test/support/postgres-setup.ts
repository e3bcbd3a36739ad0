import type { TestProject } from 'vitest/node';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the PostgreSQL server that a test run shares. */
    postgresUrl: string;
  }
}

let shared: Promise<PostgresServer> | undefined;
let users = 0;

/**
 * Starts the one PostgreSQL server of a test run, for the first project that asks; every store gets a schema of its own on it. It stops
 * with the last project.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  users++;
  shared ??= startPostgres({ isHasty: true });
  const server = await shared;
  project.provide('postgresUrl', server.url);
  // The package ends the process by itself, with success whatever the tests came to; the server is stopped below.
  for (const event of ['beforeExit', 'exit']) process.removeAllListeners(event);
  return async () => {
    users--;
    if (users === 0) await server.stop();
  };
}
