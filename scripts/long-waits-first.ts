import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What kills programs and waits for their claims to end, up to half a minute each time: last, the others would wait for it. */
const LONG_WAITS = ['/test/crash/deliveries/rounds.test.ts'];

/** The order of Vitest, but that files which do little but wait begin before all others. */
export class LongWaitsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification): boolean => LONG_WAITS.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
  }
}
