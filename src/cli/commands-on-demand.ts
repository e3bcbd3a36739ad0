// Each command is loaded when it runs. All of them together take a second; those that only call a server, a tenth of one.

/** Returns a function that is loaded when it is called. */
function onDemand<Args extends readonly unknown[], Result>(
  load: () => Promise<(...args: Args) => Result | Promise<Result>>,
): (...args: Args) => Promise<Result> {
  return async (...args) => await (await load())(...args);
}

export const apply = onDemand(async () => (await import('./commands/apply.ts')).apply);
export const applyPlanFile = onDemand(async () => (await import('./commands/live/apply-plan.ts')).applyPlanFile);
export const backup = onDemand(async () => (await import('./commands/backup.ts')).backup);
export const bulkEdit = onDemand(async () => (await import('./commands/tables/bulk-edit.ts')).bulkEdit);
export const call = onDemand(async () => (await import('./commands/call.ts')).call);
export const check = onDemand(async () => (await import('./commands/check.ts')).check);
export const deliverOne = onDemand(async () => (await import('./commands/live/deliver-target.ts')).deliverOne);
export const deliverUndo = onDemand(async () => (await import('./commands/live/deliver-target.ts')).deliverUndo);
export const deliverDead = onDemand(async () => (await import('./commands/live/deliveries.ts')).deliverDead);
export const deliverRetry = onDemand(async () => (await import('./commands/live/deliveries.ts')).deliverRetry);
export const deliverStatus = onDemand(async () => (await import('./commands/live/deliveries.ts')).deliverStatus);
export const deliver = onDemand(async () => (await import('./commands/deliver.ts')).deliver);
export const clock = onDemand(async () => (await import('./commands/sandbox/clock.ts')).clock);
export const connect = onDemand(async () => (await import('./commands/live/connect.ts')).connect);
export const companyPlan = onDemand(async () => (await import('./commands/company-plan.ts')).companyPlan);
export const compare = onDemand(async () => (await import('./commands/sandbox/compare.ts')).compare);
export const demo = onDemand(async () => (await import('./commands/demo.ts')).demo);
export const drift = onDemand(async () => (await import('./commands/live/drift.ts')).drift);
export const doctor = onDemand(async () => (await import('./commands/sandbox/doctor.ts')).doctor);
export const errors = onDemand(async () => (await import('./commands/sandbox/errors.ts')).errors);
export const exportCompany = onDemand(async () => (await import('./commands/export.ts')).exportCompany);
export const importTable = onDemand(async () => (await import('./commands/tables/import-table.ts')).importTable);
export const exportTable = onDemand(async () => (await import('./commands/tables/export-table.ts')).exportTable);
export const undo = onDemand(async () => (await import('./commands/sandbox/undo.ts')).undo);
export const faults = onDemand(async () => (await import('./commands/sandbox/faults.ts')).faults);
export const deleteCompany = onDemand(async () => (await import('./commands/delete.ts')).deleteCompany);
export const list = onDemand(async () => (await import('./commands/list.ts')).list);
export const show = onDemand(async () => (await import('./commands/list.ts')).show);
export const generate = onDemand(async () => (await import('./commands/generate.ts')).generate);
export const history = onDemand(async () => (await import('./commands/sandbox/history.ts')).history);
export const plan = onDemand(async () => (await import('./commands/live/plan.ts')).plan);
export const proxy = onDemand(async () => (await import('./commands/proxy.ts')).proxy);
export const replay = onDemand(async () => (await import('./commands/sandbox/replay.ts')).replay);
export const requests = onDemand(async () => (await import('./commands/sandbox/requests.ts')).requests);
export const restore = onDemand(async () => (await import('./commands/restore.ts')).restore);
export const schema = onDemand(async () => (await import('./commands/schema.ts')).schema);
export const serve = onDemand(async () => (await import('./commands/serve.ts')).serve);
export const diff = onDemand(async () => (await import('./commands/sandbox/states.ts')).diff);
export const fork = onDemand(async () => (await import('./commands/sandbox/states.ts')).fork);
export const reset = onDemand(async () => (await import('./commands/sandbox/states.ts')).reset);
export const snapshot = onDemand(async () => (await import('./commands/sandbox/states.ts')).snapshot);
export const tryCode = onDemand(async () => (await import('./commands/sandbox/try.ts')).tryCode);
