import type { Route } from '../../../dialects/dialect.ts';
import { appRoutes } from '../apps.ts';
import { catalogueRoutes } from '../catalogues/routes.ts';
import { departmentsRoute } from '../people/departments.ts';
import { employeesRoute } from '../people/list.ts';
import { personRoute } from '../people/person.ts';
import { viewsRoute } from '../people/views.ts';
import { overviewRoute, type OverviewOptions } from './overview.ts';
import { operationRoutes } from './operations.ts';
import { searchRoute } from './search.ts';
import { statsRoute } from './stats.ts';
import { streamRoute, type StreamOptions } from './stream.ts';

/** What the routes of the console are made of. */
export interface ConsoleOptions extends OverviewOptions, StreamOptions {}

/** What the console shows besides what others ask for, too. */
export function consoleAdminRoutes(options: ConsoleOptions): readonly Route[] {
  const { dialects } = options;
  return [
    overviewRoute(options),
    searchRoute(options),
    statsRoute(options),
    streamRoute(options),
    ...operationRoutes(dialects),
    employeesRoute(dialects),
    personRoute(dialects),
    viewsRoute(dialects),
    departmentsRoute,
    ...appRoutes(dialects),
    ...catalogueRoutes(dialects),
  ];
}
