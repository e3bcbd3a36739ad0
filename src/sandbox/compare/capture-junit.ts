import { escapedXml } from '../xml-text.ts';
import type { CaptureReport, ComparedCall } from './contract.ts';

/** Writes a comparison as JUnit: a case for each captured call of a platform. */
export function captureJunit({ totals, entries }: CaptureReport, name: string): string {
  const calls = entries.filter(({ platform }) => platform !== null);
  const skipped = calls.filter(({ verdict }) => verdict === 'skipped' || verdict === 'not-served').length;
  const head = `name="${escapedXml(name)}" tests="${String(calls.length)}" failures="${String(totals.different)}" skipped="${String(skipped)}"`;
  const suite = `  <testsuite ${head}>\n${calls.map(caseOf).join('')}  </testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mingce compare">\n${suite}</testsuites>\n`;
}

function caseOf({
  index,
  platform,
  operation,
  method,
  path,
  verdict,
  reason,
  follows,
  differences,
}: ComparedCall): string {
  const [plain = ''] = path.split('?');
  const name = `#${String(index)} ${operation ?? method} ${plain}`;
  const head = `    <testcase classname="${escapedXml(platform ?? '')}" name="${escapedXml(name)}"`;
  if (verdict === 'same') return `${head}/>\n`;
  if (verdict !== 'different') return `${head}><skipped message="${escapedXml(reason ?? verdict)}"/></testcase>\n`;
  const lines = differences.map(({ at, kind, was, is }) => `${at} (${kind}): ${shown(was)} -> ${shown(is)}`);
  const after = follows === undefined ? '' : `, follows #${String(follows)}`;
  const message = `differs in ${String(differences.length)} ${differences.length === 1 ? 'place' : 'places'}${after}`;
  return `${head}><failure message="${escapedXml(message)}">${escapedXml(lines.join('\n'))}</failure></testcase>\n`;
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
