import type { Employee } from '../directory/employees/employee.ts';
import { changedFields } from '../directory/history/change.ts';
import type { Effect } from '../directory/store.ts';
import { saveAccount } from './queries/accounts.ts';
import { removeAttachments, saveAttachment } from './queries/attachments.ts';
import { insertChangeOf } from './queries/changes.ts';
import { updateAtOnce, writeEmployee } from './queries/employee-write.ts';
import type { SqlSyntax, Statement, SqlTask } from './engine.ts';
import { refuseNamesOfOthers, saveTenant, tenantLock } from './queries/tenants.ts';
import { runInParallel } from './run-in-parallel.ts';
import { saveInvitation } from './queries/invitations.ts';
import { revokeToken, deleteExpiredTokens, saveToken } from './queries/tokens.ts';

/** The statements of updates that need ask nothing, as nearly all do; null where the effects are, or need, anything else. */
export function applyAtOnce(flavor: SqlSyntax, effects: readonly Effect[]): readonly Statement[] | null {
  const [only] = effects;
  if (only === undefined) return null;
  if (effects.length === 1) return updateAtOnce(flavor, only);
  const made = new Set<Employee>();
  const statements: Statement[] = [];
  for (const effect of effects) {
    // One that begins where another one ends is written after that one.
    if (effect.write !== 'employee' || effect.before === null || made.has(effect.before)) return null;
    const own = updateAtOnce(flavor, effect);
    if (own === null) return null;
    if (effect.after !== null) made.add(effect.after);
    for (const statement of own) statements.push(statement);
  }
  return statements;
}

/** Writes what was decided, in its order, and answers what is left to be run. */
export function* applyEffects(flavor: SqlSyntax, effects: readonly Effect[]): SqlTask<readonly Statement[]> {
  const [only] = effects;
  if (only !== undefined && effects.length === 1) return yield* applyEffect(flavor, only);
  let ready: Effect[] = [];
  const made = new Set<Employee>();
  for (const effect of effects) {
    if (effect.write === 'employee') {
      if (effect.before !== null && made.has(effect.before)) {
        // It begins where another one ends, so that one is written first.
        yield yield* applyTogether(flavor, ready);
        ready = [];
        made.clear();
      }
      if (effect.after !== null) made.add(effect.after);
    }
    ready.push(effect);
  }
  return yield* applyTogether(flavor, ready);
}

function* applyTogether(flavor: SqlSyntax, effects: readonly Effect[]): SqlTask<readonly Statement[]> {
  return (yield* runInParallel(effects.map((effect) => applyEffect(flavor, effect)))).flat();
}

function* applyEffect(flavor: SqlSyntax, effect: Effect): SqlTask<readonly Statement[]> {
  switch (effect.write) {
    case 'employee':
      return yield* writeEmployee(flavor, effect);
    case 'tenant': {
      const alone = flavor.lock([tenantLock(effect.now.number)]);
      if (alone !== null) yield [alone];
      const { now, parts } = effect;
      // Another company may have a name by now that is given back to this one.
      if (effect.undoes !== undefined) yield* refuseNamesOfOthers(now, parts);
      yield* saveTenant(flavor, now, parts, effect);
      return [];
    }
    case 'job':
      return [insertChangeOf('job', effect.id, effect.tenant, effect.fields, effect.origin)];
    case 'invitation':
      return [saveInvitation(flavor, effect.tenant, effect.invitation)];
    case 'attachment':
      return [saveAttachment(effect.tenant, effect.attachment)];
    case 'attachment-end':
      return [removeAttachments(flavor, effect.tenant, effect.ids)];
    case 'account':
      return [saveAccount(effect.account), ...accountChanges(effect)];
    case 'token':
      return [saveToken(effect.token), deleteExpiredTokens(effect.token)];
    case 'token-end':
      return [revokeToken(effect.hash)];
  }
}

/** The change of a login that was there before. */
function accountChanges({
  account,
  changed,
  origin,
  undoes,
}: Effect & { readonly write: 'account' }): readonly Statement[] {
  if (changed === undefined || changed.before === null) return [];
  const fields = changedFields(changed.before, account, ['mobile', 'email']);
  if (Object.keys(fields).length === 0) return [];
  if (origin === undefined) throw new Error('a login was changed, and it is not said by which call');
  return [insertChangeOf('account', account.id, changed.tenant, fields, origin, undoes)];
}
