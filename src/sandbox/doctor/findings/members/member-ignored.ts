import type { Finding } from '../../finding.ts';
import { byField } from '../../occurrences.ts';

/** Finds members that the platform always passes over. */
export const memberIgnored: Finding = {
  id: 'member-ignored',
  severity: 'warning',
  message: { en: 'Sends a member that is passed over each time', zh: '某字段每次都被平台忽略' },
  remedy: { en: 'See the rule, and leave the member out', zh: '该字段会被平台忽略，请查看规则' },
  look: (calls) =>
    byField(calls, ({ verdict }) => verdict === 'ignored').filter(
      ({ calls: found, about }) =>
        found.length >= 3 &&
        !calls.some(({ fields }) =>
          fields.some(
            ({ field, verdict }) => plain(field) === about && (verdict === 'applied' || verdict === 'normalised'),
          ),
        ),
    ),
};

function plain(field: string): string {
  return field.replaceAll(/\[\d+\]/g, '[]');
}
