import { catalogue } from './catalogue.ts';
import { CompanyFileError, type FileError } from './company/contract.ts';
import { dialects } from './dialects/registry.ts';
import type { FaultRule } from './directory/faults/fault.ts';
import { codeBookOf } from './sandbox/faults/code-book.ts';
import { readRule } from './sandbox/faults/rule.ts';

const sources = { platforms: dialects, codeBook: codeBookOf(catalogue) };

/** Reads the rules of a company file, with their presets filled in; throws {@link CompanyFileError} with every mistake. */
export function readFileFaults(given: readonly unknown[]): readonly FaultRule[] {
  const mistakes: FileError[] = [];
  const ids = new Set<string>();
  const rules = given.flatMap((one, index): readonly FaultRule[] => {
    const path = `faults[${String(index)}]`;
    // The same file has the same ids each time, so that with one seed the same calls fail.
    const rule = readRule(one, () => `file-${String(index + 1)}`, sources);
    if (typeof rule === 'string') mistakes.push({ path, message: rule });
    else if (ids.has(rule.id))
      mistakes.push({ path, message: `There is another rule ${JSON.stringify(rule.id)} in the file.` });
    else {
      ids.add(rule.id);
      return [rule];
    }
    return [];
  });
  if (mistakes.length > 0) throw new CompanyFileError(mistakes);
  return rules;
}
