import type { Employee } from '../../../../directory/employees/employee.ts';
import { load, type StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { isDay, startOfDayInChina } from '../../../../lib/time/day.ts';
import type { DueItem } from '../../../dialect-facts.ts';
import { feishuOf } from '../../model/employee-extension.ts';
import { SPACE } from '../../model/ids.ts';
import { settingsOf, type Settings } from '../../model/settings.ts';
import { dueOf } from './exit.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** So many people who left are looked at, those changed last first. */
const MAX_LOOKED_AT = 1_000;

/** Lists what becomes due by time alone: seats, addresses in the recycle bin, returns, and resignations of who exited. */
export function* dueInCompany(tenant: Tenant, from: number, to: number): StoreTask<readonly DueItem[]> {
  const settings = settingsOf(tenant);
  const items = [...ofSettings(settings)];
  const days = Math.max(settings.resurrect_days + 1, settings.mail_recycle_days);
  const page = yield* load('employee-page', {
    tenant: tenant.number,
    offset: 0,
    limit: MAX_LOOKED_AT,
    active: false,
    updatedFrom: from - days * DAY_MS,
    order: 'updated-descending',
  });
  for (const employee of page.employees) items.push(...ofLeaver(employee, settings));
  if (settings.exit_to_resign_days !== null) {
    const having = { space: 'exited' as const, value: 'yes' };
    const exited = yield* load('employees-from', { tenant: tenant.number, after: 0, limit: MAX_LOOKED_AT, having });
    for (const { employee } of exited) {
      items.push({
        at: dueOf(employee, settings.exit_to_resign_days),
        kind: 'exit',
        subject: nameOf(employee),
        employee: employee.id,
        was: 'exited',
        is: 'resigned',
      });
    }
  }
  return items.filter(({ at }) => at > from && at <= to);
}

function nameOf(employee: Employee): string {
  return employee.ids[SPACE.employee] ?? employee.id;
}

function* ofSettings(settings: Settings): Generator<DueItem> {
  for (const { subscription_id: id, end_time } of settings.subscriptions) {
    if (end_time !== undefined)
      yield { at: Date.parse(end_time), kind: 'subscription', subject: id, was: 'usable', is: 'ended' };
  }
  for (const { address, since } of settings.mail_recycle_bin) {
    const at = Date.parse(since) + settings.mail_recycle_days * DAY_MS;
    yield { at, kind: 'recycled-mail', subject: address, was: 'taken', is: 'free' };
  }
}

function* ofLeaver(employee: Employee, settings: Settings): Generator<DueItem> {
  const whose = { subject: nameOf(employee), employee: employee.id };
  const { resignedAt, recycledMail } = feishuOf(employee);
  if (resignedAt !== null && settings.resign_processing_minutes > 0) {
    const at = resignedAt + settings.resign_processing_minutes * MINUTE_MS;
    yield { at, kind: 'resignation', ...whose, was: 'in process', is: 'done' };
  }
  if (employee.leftOn !== null && isDay(employee.leftOn)) {
    const at = startOfDayInChina(employee.leftOn) + (settings.resurrect_days + 1) * DAY_MS;
    yield { at, kind: 'return', ...whose, was: 'possible', is: 'too late' };
  }
  for (const { since } of recycledMail) {
    const at = since + settings.mail_recycle_days * DAY_MS;
    yield { at, kind: 'recycled-mail', ...whose, was: 'taken', is: 'free' };
  }
}
