import type { Unforeseen } from '../writing.ts';

/** What a rehearsal assumes as it cannot be read, by the code that shows it to be wrong (contract feishu 3, 4.2). */
const BY_CODE: Readonly<Record<string, string>> = {
  2221109: 'feishu.sensitive_words',
  2221182: 'feishu.founder',
  2221183: 'feishu.founder',
  2221126: 'feishu.mail_domains',
  2221175: 'feishu.certified',
  2221242: 'feishu.custom_fields_api_enabled',
  2224001: 'feishu.plan',
  2221141: 'feishu.plan',
  2221156: 'employees[].feishu.mobile_verified',
  2221103: 'employees[].account',
  2221104: 'employees[].account',
  2221111: 'feishu.billing_seat_limit',
  2221112: 'feishu.billing_seat_limit',
  2221253: 'feishu.billing_seat_limit',
  2221271: 'feishu.billing_seat_limit',
  2221272: 'feishu.billing_seat_limit',
  2221273: 'feishu.billing_seat_limit',
  2221274: 'feishu.billing_seat_limit',
  99991672: 'feishu.apps[].scopes',
  2224002: 'feishu.apps[].scopes',
  2224003: 'feishu.apps[].scopes',
  41050: 'feishu.apps[].scopes',
  40004: 'feishu.apps[].scopes',
};

/** Returns the setting that was assumed and that an unforeseen answer shows to be another; null: none of them. */
export function assumptionOf({ code }: Unforeseen): string | null {
  return BY_CODE[code ?? ''] ?? null;
}
