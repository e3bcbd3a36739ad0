import type { FaultPreset } from '../../dialects/dialect-facts.ts';
import type { DialectFacts } from '../../dialects/dialect.ts';

/** The platforms as far as faults go. */
export interface FaultyPlatform {
  readonly name: string;
  readonly facts: Pick<DialectFacts, 'codes' | 'presets'>;
}

const BUSY_PAGE = `<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
<hr><center>nginx</center>
</body>
</html>
`;

/** What happens on the way to any platform. */
const ANYWHERE: Readonly<Record<string, FaultPreset>> = {
  'gateway-html': { effect: { http: { status: 502, body: BUSY_PAGE, type: 'text/html' } } },
  slow: { effect: { delay_ms: { lognormal: { median: 800, sigma: 0.6, max: 10_000 } } } },
  'slow-body': { effect: { slow: { bytes_per_second: 1_024 } } },
  reset: { effect: { cut: 'before-write' } },
  'answered-then-reset': { effect: { cut: 'after-commit' } },
  truncated: { effect: { body: 'truncated' } },
  malformed: { effect: { body: 'malformed' } },
};

/** Lists the presets by their names: those of each platform, and those of none. */
export function presetsOf(
  platforms: readonly Pick<FaultyPlatform, 'name' | 'facts'>[],
): ReadonlyMap<string, FaultPreset> {
  const presets = new Map<string, FaultPreset>();
  for (const { name: platform, facts } of platforms) {
    for (const [name, preset] of Object.entries(facts.presets))
      presets.set(name, { ...preset, match: { platform, ...preset.match } });
  }
  for (const [name, preset] of Object.entries(ANYWHERE)) presets.set(name, preset);
  return presets;
}
