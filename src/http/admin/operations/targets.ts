import type {
  EmployeeTargets,
  LinkList,
  LinksBody,
  NewLinkBody,
  OutcomesBody,
  TargetLine,
  TargetList,
  VerifiedBody,
} from '../targets/contract.ts';
import type {
  DriftAccepted,
  DriftChoice,
  DriftRepair,
  DriftRunLine,
  DriftRunList,
  DriftRunPage,
} from '../targets/drift-contract.ts';
import { reads, writes } from './operation.ts';

const TARGET = '/companies/:key/targets/:target';

/** The live tenants of companies. */
export const targetOperations = {
  'targets.list': reads<TargetList>()('/companies/:key/targets'),
  'targets.show': reads<TargetLine>()(TARGET),
  'targets.probe': writes<undefined, TargetLine>()('POST', `${TARGET}/probe`),
  'targets.enable': writes<undefined, TargetLine>()('POST', `${TARGET}/enable`),
  'targets.pause': writes<undefined, TargetLine>()('POST', `${TARGET}/pause`),
  'targets.resume': writes<undefined, TargetLine>()('POST', `${TARGET}/resume`),
  'targets.off': writes<undefined, TargetLine>()('POST', `${TARGET}/off`),
  'targets.release': writes<Readonly<Record<string, number>>, { readonly released: number }>()(
    'POST',
    `${TARGET}/release`,
  ),
  'targets.links': reads<LinkList>()(`${TARGET}/links`, ['state', 'kind', 'after', 'limit']),
  'targets.put-links': writes<LinksBody, undefined>()('POST', `${TARGET}/links`),
  'targets.put-link': writes<NewLinkBody, undefined>()('PUT', `${TARGET}/links/:subject`),
  'targets.remove-link': writes<undefined, undefined>()('DELETE', `${TARGET}/links/:subject`, ['kind']),
  'targets.settle': writes<VerifiedBody, undefined>()('POST', `${TARGET}/bases`),
  'targets.book': writes<OutcomesBody, undefined>()('POST', `${TARGET}/outcomes`),
  'targets.drift-runs': reads<DriftRunList>()(`${TARGET}/drift`),
  'targets.drift-run': reads<DriftRunPage>()(`${TARGET}/drift/:run`, ['class', 'field', 'employee', 'after', 'limit']),
  'targets.read-drift': writes<undefined, DriftRunLine>()('POST', `${TARGET}/drift`),
  'targets.accept': writes<DriftChoice, DriftAccepted>()('POST', `${TARGET}/accept`),
  'targets.repair': writes<DriftChoice, DriftRepair>()('POST', `${TARGET}/repair`),
  'employees.targets': reads<EmployeeTargets>()('/companies/:key/employees/:id/targets'),
} as const;
