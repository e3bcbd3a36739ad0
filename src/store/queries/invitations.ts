import type { Invitation, StoredInvitation } from '../../directory/employees/invitation.ts';
import type { QueryParams } from '../../directory/store.ts';
import type { SqlSyntax, Statement, SqlTask } from '../engine.ts';
import { seal, unseal } from '../sealed.ts';

/** Puts an invitation into the outbox. */
export function saveInvitation(flavor: SqlSyntax, tenant: number, invitation: Invitation): Statement {
  return {
    text: `INSERT INTO invitation (number, tenant, record) VALUES (${flavor.next('invitation')}, $1, $2)`,
    params: [tenant, seal(JSON.stringify(invitation))],
  };
}

/** The newest invitations of a tenant. */
export function* newestInvitations(about: QueryParams['invitations']): SqlTask<readonly StoredInvitation[]> {
  const [rows = []] = yield [
    {
      text: 'SELECT number, record FROM invitation WHERE tenant = $1 AND number < $2 ORDER BY number DESC LIMIT $3',
      params: [about.tenant, about.before ?? Number.MAX_SAFE_INTEGER, about.limit],
    },
  ];
  return rows.map((row) => ({
    number: Number(row['number']),
    // Written by `saveInvitation` from an Invitation.
    ...(unseal(String(row['record'])) as Invitation),
  }));
}
