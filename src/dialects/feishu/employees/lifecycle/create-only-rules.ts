import type { Rule } from '../facts.ts';

/** One of mobile and work mail is there. [seed] 2221113 */
export const contactGiven: Rule = ({ after }) =>
  after.mobile === null && (after.email ?? '') === ''
    ? { problem: { kind: 'missing', subject: 'contact' }, fields: ['employee.mobile'] }
    : null;

/** In the China region the mobile must not be empty. [public: dir/employee/create] 2221114 */
export const mobileGiven: Rule = ({ settings, after }) =>
  settings.mobile_required && after.mobile === null
    ? { problem: { kind: 'missing', subject: 'mobile' }, fields: ['employee.mobile'] }
    : null;

/** Who comes, or comes back, to a company of several licences has one from the start. [public] 2221252 */
export const seatsGivenAtFirst: Rule = ({ given, settings }) =>
  settings.license_mode === 'hybrid' && (given.subscriptionIds?.length ?? 0) === 0
    ? { problem: { kind: 'missing', subject: 'subscriptionIds' }, fields: ['options.subscription_ids'] }
    : null;
