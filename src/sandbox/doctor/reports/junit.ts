import { escapedXml } from '../../xml-text.ts';
import type { FindingView } from '../contract.ts';
import { findings as all } from '../findings.ts';
import type { Judged } from '../suppressions.ts';

/** Writes findings as JUnit: a suite for each client, a case for each thing that is looked for. */
export function junitOf({ findings }: Judged): string {
  const clients = new Map<string, (readonly [FindingView, string | null])[]>();
  for (const one of findings) {
    const [{ platform, company, app, client }] = one;
    const name = [platform, company ?? '', app ?? '', client].filter((part) => part !== '').join(' ');
    clients.set(name, [...(clients.get(name) ?? []), one]);
  }
  if (clients.size === 0) clients.set('clients', []);
  const suites = [...clients].map(([name, found]) => suiteOf(name, found));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mingce doctor">\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(name: string, found: readonly (readonly [FindingView, string | null])[]): string {
  const failures = found.filter(([, reason]) => reason === null).length;
  const skipped = found.length - failures;
  const cases = all.map(({ id }) => {
    const one = found.find(([finding]) => finding.id === id);
    const head = `    <testcase classname="${escapedXml(name)}" name="${id}"`;
    if (one === undefined) return `${head}/>\n`;
    const [finding, reason] = one;
    if (reason !== null) return `${head}><skipped message="${escapedXml(reason)}"/></testcase>\n`;
    const text = [...finding.about, finding.remedy, ...finding.requests].join('\n');
    return `${head}><failure type="${finding.severity}" message="${escapedXml(finding.message)}">${escapedXml(text)}</failure></testcase>\n`;
  });
  return `  <testsuite name="${escapedXml(name)}" tests="${String(all.length)}" failures="${String(failures)}" skipped="${String(skipped)}">\n${cases.join('')}  </testsuite>\n`;
}
