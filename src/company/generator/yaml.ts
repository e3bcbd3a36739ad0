import type { GeneratedCompany } from './company.ts';

/** How many people are in one piece of text. */
const LINES = 500;

/** An invented company as a company file, a line for each of its people, a piece at a time. */
export function* companyText(
  company: GeneratedCompany,
  dialects: readonly string[],
  written: (people: number) => void,
): Generator<string, void, undefined> {
  for (const [member, value] of Object.entries(company.file(dialects))) {
    if (Array.isArray(value)) yield `${member}:\n${value.map(line).join('')}`;
    else yield `${member}: ${JSON.stringify(value)}\n`;
  }
  yield 'employees:\n';
  let lines = '';
  let people = 0;
  for (const employee of company.employees()) {
    lines += line(employee);
    if (++people % LINES !== 0) continue;
    yield lines;
    written(LINES);
    lines = '';
  }
  yield lines;
  written(people % LINES);
}

/** JSON is YAML, and a line of it is short enough to be read. */
function line(thing: unknown): string {
  return `  - ${JSON.stringify(thing)}\n`;
}
