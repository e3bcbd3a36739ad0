import type { Route } from '../../../dialects/dialect.ts';
import { overviewRoute, type OverviewOptions } from './overview.ts';
import { statsRoute } from './stats.ts';
import { streamRoute, type StreamOptions } from './stream.ts';

/** What the routes of the console are made of. */
export interface ConsoleOptions extends OverviewOptions, StreamOptions {}

/** What the console shows besides what others ask for, too. */
export function consoleAdminRoutes(options: ConsoleOptions): readonly Route[] {
  return [overviewRoute(options), statsRoute(options), streamRoute(options)];
}
