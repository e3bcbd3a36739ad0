import type {
  AllowBody,
  ApplyChoice,
  DeadLetters,
  DeliveryList,
  DeliveryRetried,
  DeliveriesReplayed,
  NewPlanBody,
  PersonDelivery,
  TargetPlanLine,
  TargetPlanList,
  TargetPlanView,
  UndoDelivery,
} from '../targets/plan-contract.ts';
import { reads, readsSecret, writes } from './operation.ts';

const TARGET = '/companies/:key/targets/:target';
const PLAN = `${TARGET}/plans/:id`;

/** Plans for live tenants, and what was delivered to them. */
export const targetPlanOperations = {
  'target-plans.list': reads<TargetPlanList>()(`${TARGET}/plans`),
  'target-plans.show': reads<TargetPlanView>()(PLAN, ['after', 'limit', 'what']),
  'target-plans.make': writes<NewPlanBody, TargetPlanLine>()('POST', `${TARGET}/plans`),
  'target-plans.file': readsSecret<string>()(`${PLAN}/file`),
  'target-plans.allow': writes<AllowBody, TargetPlanLine>()('POST', `${PLAN}/allow`),
  'target-plans.apply': writes<ApplyChoice, TargetPlanLine>()('POST', `${PLAN}/apply`),
  'target-plans.stop': writes<undefined, TargetPlanLine>()('POST', `${PLAN}/stop`),
  'target-plans.undo': writes<undefined, TargetPlanLine>()('POST', `${PLAN}/undo`),
  'target-plans.erase': writes<undefined, undefined>()('DELETE', PLAN),
  'deliveries.list': reads<DeliveryList>()('/companies/:key/deliveries', [
    'target',
    'state',
    'employee',
    'plan',
    'reason',
    'before',
    'limit',
  ]),
  'deliveries.retry': writes<undefined, DeliveryRetried>()('POST', '/companies/:key/deliveries/:id/retry'),
  'targets.dead': reads<DeadLetters>()(`${TARGET}/dead`, ['reason']),
  'targets.retry': writes<undefined, DeliveriesReplayed>()('POST', `${TARGET}/retry`, ['reason', 'count']),
  'deliveries.undo': writes<undefined, UndoDelivery>()('POST', '/companies/:key/deliveries/:id/undo'),
  'employees.undo': writes<undefined, TargetPlanLine>()('POST', `${TARGET}/employees/:id/undo`, ['since']),
  'employees.deliver': writes<undefined, PersonDelivery>()('POST', `${TARGET}/employees/:id/deliver`, ['until']),
} as const;
