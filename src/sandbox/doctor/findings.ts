import type { Finding } from './finding.ts';
import { formBlanked } from './findings/members/form-blanked.ts';
import { idKindWrong } from './findings/members/id-kind-wrong.ts';
import { memberIgnored } from './findings/members/member-ignored.ts';
import { numberRounded } from './findings/members/number-rounded.ts';
import { personalDataInUrl } from './findings/members/personal-data-in-url.ts';
import { secretInUrl } from './findings/members/secret-in-url.ts';
import { timeUnitWrong } from './findings/members/time-unit-wrong.ts';
import { unknownMember } from './findings/members/unknown-member.ts';
import { valueKeyWrong } from './findings/members/value-key-wrong.ts';
import { zeroValues } from './findings/members/zero-values.ts';
import { tokenCallUnchecked } from './findings/tokens/token-call-unchecked.ts';
import { tokenExpiredUsed } from './findings/tokens/token-expired-used.ts';
import { tokenNotRenewed } from './findings/tokens/token-not-renewed.ts';
import { tokenPerCall } from './findings/tokens/token-per-call.ts';
import { blindCreateRetry } from './findings/traffic/blind-create-retry.ts';
import { frozenWait } from './findings/traffic/frozen-wait.ts';
import { lostUpdate } from './findings/traffic/lost-update.ts';
import { noBackoff } from './findings/traffic/no-backoff.ts';
import { noBulk } from './findings/traffic/no-bulk.ts';
import { nothingChanged } from './findings/traffic/nothing-changed.ts';
import { pageNotFollowed } from './findings/traffic/page-not-followed.ts';
import { partialFailureIgnored } from './findings/traffic/partial-failure-ignored.ts';
import { peopleInvited } from './findings/traffic/people-invited.ts';
import { retryPermanent } from './findings/traffic/retry-permanent.ts';
import { successWithoutChange } from './findings/traffic/success-without-change.ts';

/** Everything that the doctor looks for, in the order of a report. */
export const findings: readonly Finding[] = [
  tokenPerCall,
  tokenExpiredUsed,
  tokenNotRenewed,
  tokenCallUnchecked,
  noBackoff,
  retryPermanent,
  blindCreateRetry,
  partialFailureIgnored,
  unknownMember,
  memberIgnored,
  valueKeyWrong,
  zeroValues,
  formBlanked,
  idKindWrong,
  numberRounded,
  timeUnitWrong,
  secretInUrl,
  personalDataInUrl,
  pageNotFollowed,
  noBulk,
  nothingChanged,
  lostUpdate,
  successWithoutChange,
  peopleInvited,
  frozenWait,
];
