/** What the dialects answer; must not depend on the engine. */
export const DIALECTS: readonly string[] = ['test/dialects/**/*.test.ts', 'test/cross-platform/**/*.test.ts'];

/**
 * Of these, the files that run on PostgreSQL, too, in `npm test`: together they send it every statement that any of them sends,
 * and ask for every order and race. `npm run soak:engines` runs all of them there and checks that it is so:
 * docs/decisions/0015-tests-on-two-engines.md.
 */
export const ON_BOTH_ENGINES: readonly string[] = [
  'test/cross-platform/{concurrency,filled-store,hose-tools,snapshots,undo,undo-company,wecom-contacts,write-back}.test.ts',
  'test/dialects/{shared-values,unstorable-ids}.test.ts',
  'test/dialects/*/{conformance,fixtures,lists,page-tokens}.test.ts',
  'test/dialects/*/employees/{batch,capacity,concurrency,create,delete,due,patch,staff-update,update-staff-info}.test.ts',
  'test/dialects/feishu/auth/auth.test.ts',
  'test/dialects/feishu/contact/{departments-order,departments-read,users-write}.test.ts',
  'test/dialects/feishu/departments/lists.test.ts',
  'test/dialects/feishu/employees/{filter,search}.test.ts',
  'test/dialects/hose/company/section.test.ts',
  'test/dialects/hose/lookups/roles.test.ts',
  'test/dialects/wecom/imports/members.test.ts',
  'test/dialects/wecom/members/list-id.test.ts',
];
