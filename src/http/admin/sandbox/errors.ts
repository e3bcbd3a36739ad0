import type { Call, Route } from '../../../dialects/dialect.ts';
import type { Bilingual, CatalogueEntry } from '../../../sandbox/catalogue/entry.ts';
import type { Catalogue } from '../../../sandbox/catalogue/read.ts';
import type { OpenThrowaway } from '../../../sandbox/catalogue/throwaway.ts';
import { trialOf } from '../../../sandbox/catalogue/trial.ts';
import { languageOf } from '../language.ts';
import { json, problem } from '../reply.ts';

/** So many trials run at one time; each has a directory of its own in memory. */
const MAX_TRIALS = 2;

/** The catalogue of codes, and the trial of one in a throwaway company. */
export function errorRoutes(catalogue: Catalogue, open: OpenThrowaway): readonly Route[] {
  const path = '/mingce/v1/errors';
  let running = 0;
  const entryOf = ({ params }: Call): CatalogueEntry | null =>
    catalogue.entry(params['platform'] ?? '', params['code'] ?? '');
  return [
    {
      operation: 'errors.list',
      method: 'GET',
      path,
      answer: ({ query }) => {
        const platform = query.get('platform');
        const found = catalogue.find(query.get('q') ?? '');
        return Promise.resolve(
          json(200, { errors: platform === null ? found : found.filter((entry) => entry.platform === platform) }),
        );
      },
    },
    {
      operation: 'errors.get',
      method: 'GET',
      path: `${path}/:platform/:code`,
      answer: (call) => {
        const entry = entryOf(call);
        return Promise.resolve(entry === null ? UNKNOWN : json(200, entry));
      },
    },
    {
      operation: 'errors.try',
      method: 'POST',
      path: `${path}/:platform/:code/try`,
      answer: async (call) => {
        const entry = entryOf(call);
        const platform = catalogue.platform(call.params['platform'] ?? '');
        if (entry === null || platform === null) return UNKNOWN;
        if (running >= MAX_TRIALS) return problem(503, 'Two codes are being tried already; try again in a second.');
        running += 1;
        try {
          const trial = await trialOf(entry, platform, open, languageOf(call));
          return trial === null
            ? problem(
                409,
                `This code has no case to try. ${entry.not_produced?.[languageOf(call)] ?? byFault(entry.id)[languageOf(call)]}`,
              )
            : json(200, trial);
        } finally {
          running -= 1;
        }
      },
    },
  ];
}

/** How a code comes whose state is too large for a case. */
function byFault(id: string): Bilingual {
  const rule = JSON.stringify({ effect: { code: id } });
  return { en: `A fault rule answers with it: ${rule}`, zh: `可用故障规则返回此码：${rule}` };
}

const UNKNOWN = problem(404, 'The catalogue has no such code; GET /mingce/v1/errors lists what it has.');
