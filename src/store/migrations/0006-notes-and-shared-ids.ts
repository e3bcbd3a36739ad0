/**
 * Why a request that was accepted changed nothing, beside the change it left; and who has an id by which a platform knows
 * a person in all companies.
 */
export const statements = (): readonly string[] => [
  'ALTER TABLE change ADD COLUMN note TEXT',
  "CREATE INDEX lookup_by_person ON lookup (value, employee) WHERE space IN ('id:hose.user_id', 'expected id:hose.user_id', 'cancelled id:hose.user_id', 'gone id:hose.user_id')",
];
