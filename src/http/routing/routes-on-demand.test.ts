import fc from 'fast-check';
import findMyWay from 'find-my-way';
import { expect, test } from 'vitest';
import type { Route } from '../../dialects/dialect.ts';
import { RoutesOnDemand } from './routes-on-demand.ts';

interface Target {
  readonly route: Pick<Route, 'method' | 'path'>;
}

function routerOf(targets: readonly Target[]): ReturnType<typeof findMyWay> {
  const router = findMyWay();
  for (const target of targets) router.on(target.route.method, target.route.path, () => undefined, target);
  return router;
}

function onDemand(targets: readonly Target[]): RoutesOnDemand<Target> {
  const routes = new RoutesOnDemand<Target>();
  for (const target of targets) routes.add(target);
  return routes;
}

const method = fc.constantFrom('GET' as const, 'POST' as const);
const segment = fc.constantFrom('a', 'b', 'c', ':x', 'a%2Fb', 'd', '');
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`);

test('whatever was looked for before, a path leads where a router that has all routes leads', () => {
  const route = fc.record({ method, path }).map((one): Target => ({ route: one }));
  const routes = fc.uniqueArray(route, {
    selector: (target) => `${target.route.method} ${target.route.path}`,
    maxLength: 12,
  });
  const spelt = path.map((text) => text.replaceAll(':x', '%61'));
  const asked = fc.array(fc.tuple(method, spelt), { maxLength: 12 });
  fc.assert(
    fc.property(routes, asked, (targets, questions) => {
      const [whole, lazy] = [routerOf(targets), onDemand(targets)];
      for (const [how, where] of questions) {
        const expected = whole.find(how, where);
        const found = lazy.find(how, where);
        expect([found?.store.route, found?.params]).toEqual([
          (expected?.store as Target | undefined)?.route,
          expected?.params,
        ]);
      }
    }),
    { numRuns: 300 },
  );
});

test('a second route for the same paths is refused', () => {
  const lazy = onDemand([{ route: { method: 'PATCH', path: '/v1/employees/:employee_id' } }]);
  lazy.add({ route: { method: 'GET', path: '/v1/employees/:id' } });
  expect(() => {
    lazy.add({ route: { method: 'PATCH', path: '/v1/employees/:id' } });
  }).toThrow('two routes');
});
