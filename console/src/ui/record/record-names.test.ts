import { expect, test } from 'vitest';
import { entryOf, isInstant, platformMember, recordName } from './record-names.ts';

test('an instant is a number of a platform under a name that says so, and one that a date can be', () => {
  expect(isInstant('extensions.wecom.invitedAt', 1_700_000_000_000)).toBe(true);
  expect(isInstant('feishu.resignedAt', 0)).toBe(true);
  expect(isInstant('feishu.resignedAt', null)).toBe(false);
  expect(isInstant('feishu.resignedAt', 1e300)).toBe(false);
  expect(isInstant('feishu.uid', 1)).toBe(false);
  // A field of the company's own may have any name and any number.
  expect(isInstant('custom.startedAt', 1)).toBe(false);
  expect(isInstant('custom.startedAt', 1e300)).toBe(false);
});

test('members of platforms are told from those of the record', () => {
  expect(platformMember('extensions.hose.lastApiChange.app')).toEqual({
    platform: 'hose',
    member: 'lastApiChange.app',
  });
  expect(platformMember('mobile')).toBeNull();
  expect(recordName('main_department')).toBe('mainDepartment');
});

test('an entry that the history names is of the list that the company file has it in', () => {
  expect(entryOf('job-title/a/b')).toEqual({ list: 'job_titles', id: 'a/b' });
  expect(entryOf('country/CN')).toEqual({ list: 'countries', id: 'CN' });
  expect(entryOf('dimension:项目/alpha')).toEqual({ list: 'dimension:项目', id: 'alpha' });
});
