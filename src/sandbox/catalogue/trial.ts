import type { Bilingual, CatalogueEntry } from './entry.ts';
import type { ExchangeView, Trial } from './contract.ts';
import type { PlatformCatalogue } from './read.ts';
import { tryCase, type Exchange } from './run.ts';
import type { OpenThrowaway } from './throwaway.ts';

/** Provokes an entry in a throwaway company; returns null where nothing of ours sends it. */
export async function trialOf(
  entry: CatalogueEntry,
  platform: PlatformCatalogue,
  open: OpenThrowaway,
  language: keyof Bilingual,
  number = 0,
): Promise<Trial | null> {
  const one = entry.cases?.[number];
  if (one === undefined) return null;
  const tried = await tryCase(entry, one, platform, open);
  return {
    platform: entry.platform,
    id: entry.id,
    when: one.when,
    provoked: tried.isProvoked,
    mended: tried.mended?.isAccepted ?? null,
    company: tried.company,
    state: one.company ?? null,
    mending: one.mended?.company ?? null,
    exchanges: [
      ...tried.before.map((exchange) => viewOf('before', exchange)),
      viewOf('refused', tried.exchange),
      ...(tried.mended === null ? [] : [viewOf('mended', tried.mended.exchange)]),
    ],
    verdicts: tried.verdicts,
    remedy: entry.remedy[language],
  };
}

function viewOf(step: ExchangeView['step'], { request, response }: Exchange): ExchangeView {
  const { method, path, headers, body } = request;
  return { step, request: { method, path, headers, body: jsonOf(body) }, response };
}

function jsonOf(body: string | undefined): unknown {
  if (body === undefined) return null;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
