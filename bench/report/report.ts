import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release } from 'node:os';
import { CONNECTIONS, type Options } from '../options.ts';
import { picture } from './chart.ts';
import { shown } from './ratio.ts';
import { recordedRatios } from './recorded.ts';
import type { Row } from './row.ts';
import { isPinned } from '../servers.ts';

/** What was measured, as it comes in. */
export class Report {
  readonly #rows: Row[] = [];
  readonly #skipped: string[] = [];
  readonly #versions = new Map<string, string>();
  readonly #started = Date.now();

  add(row: Row): void {
    this.#rows.push(row);
    const reply = row.wanted === null ? '' : ` (${row.wanted.text}) ${row.wanted.isMet ? 'met' : 'NOT met'}`;
    const ratio = row.ratio === null ? '' : `: ${shown(row.ratio.median)}${reply}`;
    say(`  ${row.goal} ${row.what}${ratio} — ${row.absolute}`);
  }

  /** Notes what was not measured, and why. */
  skip(what: string): void {
    this.#skipped.push(what);
    say(`  skipped: ${what}`);
  }

  /** Notes the version of a program that took part. */
  version(program: string, version: string): void {
    this.#versions.set(program, version);
  }

  /** Says how each ratio is beside the recorded one, in the order in which they moved for the worse. */
  compare(): void {
    const recorded = recordedRatios(readFileSync(new URL('../RESULTS.md', import.meta.url), 'utf8'));
    const moved = this.#rows.flatMap(({ goal, what, ratio, wanted }) => {
      const before = recorded.get(`${goal} ${what}`);
      if (ratio === null || before === undefined) return [];
      const now = ratio.median;
      const gain = /^[≤<]/.test(wanted?.text ?? '') ? before / now : now / before;
      return [{ goal, what, before, now, gain }];
    });
    say('\nbeside bench/RESULTS.md (a short run is rough: below a fifth says nothing)');
    for (const { goal, what, before, now, gain } of moved.toSorted((a, b) => a.gain - b.gain)) {
      const how = gain < 0.8 ? 'worse ' : gain > 1.25 ? 'better' : 'alike ';
      say(`  ${how} ${goal} ${what}: ${shown(now)}, was ${shown(before)}`);
    }
  }

  /** Writes bench/RESULTS.md and bench/results.svg. */
  write(options: Options): void {
    const judged = this.#inOrder().filter(({ wanted }) => wanted !== null);
    writeFileSync(new URL('../RESULTS.md', import.meta.url), this.#text(options));
    writeFileSync(new URL('../results.svg', import.meta.url), picture(judged));
    const met = judged.filter(({ wanted }) => wanted?.isMet === true).length;
    say(`bench/RESULTS.md and bench/results.svg are written; ${String(met)} of ${String(judged.length)} goals met`);
  }

  /** By goal, the ones that are judged first. */
  #inOrder(): readonly Row[] {
    return this.#rows.toSorted(
      (a, b) =>
        a.goal.localeCompare(b.goal, 'en', { numeric: true }) || Number(a.wanted === null) - Number(b.wanted === null),
    );
  }

  #text({ rounds, seconds }: Options): string {
    const versions = [...this.#versions].map(([program, version]) => `, ${program} ${version}`).join('');
    const skipped = this.#skipped.length === 0 ? ['Nothing.'] : this.#skipped.map((line) => `- ${line}`);
    const minutes = ((Date.now() - this.#started) / 60_000).toFixed(1);
    return `# Results

Ratios measured in one run; only they carry over to another machine or day. Median of ${String(rounds)} rounds of ${String(seconds)} s, ${String(CONNECTIONS)} keep-alive
connections, candidate and baseline in turn; in brackets the lowest and the highest round. ${isPinned ? 'Server and load on a processor each.' : 'Server and load share the processors.'}
Every answer was checked to be a success; every update was durable before it was answered. Rows without a goal are for
information.

| goal | what | ratio | wanted | | on this machine |
| --- | --- | --- | --- | --- | --- |
${this.#inOrder().map(line).join('\n')}

${readFileSync(new URL('alone.md', import.meta.url), 'utf8').trimEnd()}

## Skipped

${skipped.join('\n')}

## Machine

${new Date(this.#started).toISOString().slice(0, 10)}, ${minutes} minutes. ${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown processor'}, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}, SQLite ${String(process.versions['sqlite'] ?? '')}${versions}.
Made by \`npm run bench\`.

![The ratios against their goals](results.svg)
`;
  }
}

/** Prints progress. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function line({ goal, what, ratio, wanted, absolute }: Row): string {
  const figure = ratio === null ? '' : `**${shown(ratio.median)}** (${shown(ratio.least)}–${shown(ratio.most)})`;
  const reply = wanted === null ? ' | ' : `${wanted.text} | ${wanted.isMet ? 'met' : 'not met'}`;
  return `| ${goal} | ${what} | ${figure} | ${reply} | ${absolute} |`;
}
