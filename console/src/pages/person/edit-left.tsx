import type { ReactNode } from 'react';
import type { PlatformCheck } from '../../../../src/sandbox/dry-run/contract.ts';
import { usePlatformName } from '../../ui/platform/platform.tsx';
import { useWords } from '../../words/language.tsx';
import { editWords } from './edit-words.ts';

/** Says which changed fields the chosen platform has no place for, so that they stay in the form, and which one takes them. */
export function EditLeft({
  own,
  platforms,
}: {
  readonly own: PlatformCheck;
  readonly platforms: readonly PlatformCheck[];
}): ReactNode {
  const say = useWords(editWords);
  const platformName = usePlatformName();
  const others = platforms.filter(({ left }) => !own.left.some((field) => left.includes(field)));
  return (
    <p className="band verdict-warn" role="status">
      {say('kept', {
        platform: platformName(own.platform),
        names: own.left.map((field) => say(field)).join(say('and')),
      })}{' '}
      {others.length > 0 &&
        say('keptFor', { others: others.map(({ platform }) => platformName(platform)).join(say('or')) })}
    </p>
  );
}
