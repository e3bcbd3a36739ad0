import type { Employee } from '../../../../directory/employees/employee.ts';

/*
 * The life cycle (contract 4.9) [derived where no source is named]. Two independent axes: how far the employee has joined
 * the workspace (`active_status`: activation and freezing), and the employment status from expected to resigned
 * (`staff_status`).
 */

/** The state of an employee on both axes. */
export type LifecycleState = Pick<Employee, 'status' | 'activation' | 'frozen'>;

/** What moves an employee; what no operation of the platform does is done by the administration of the server. */
export type LifeEvent =
  /** Server administration: the person accepts the invitation. */
  | 'accept-invitation'
  /** Server administration: the first login. */
  | 'log-in'
  /** Server administration: the person leaves the workspace by own action. */
  | 'leave-workspace'
  /** PATCH with another mobile or work mail. [seed] */
  | 'change-contact'
  /** PATCH with `is_frozen`. [seed] */
  | 'freeze'
  | 'unfreeze'
  /** PATCH …/to_be_resigned [public: dir/employee/to_be_resigned] */
  | 'to-be-resigned'
  /** PATCH …/regular [public: dir/employee/regular] */
  | 'regular'
  /** DELETE [public: dir/employee/delete] */
  | 'resign'
  /** POST …/resurrect [public: dir/employee/resurrect] */
  | 'resurrect';

interface Edge {
  readonly from: (standing: LifecycleState) => boolean;
  readonly to: Partial<LifecycleState>;
}

const isEmployed = ({ status }: LifecycleState): boolean =>
  status === 'probation' || status === 'regular' || status === 'pre-resigned';
/** 在职; the platform has no probation. */
const isRegular = ({ status }: LifecycleState): boolean => status === 'probation' || status === 'regular';
const isJoining = ({ activation }: LifecycleState): boolean =>
  activation === 'not-joined' || activation === 'not-activated';

/** A created employee is regular and invited, and has not joined. [public: dir/employee/create] */
export const INITIAL_STATE: LifecycleState = { status: 'regular', activation: 'not-joined', frozen: false };

const EDGES: Readonly<Record<LifeEvent, Edge>> = {
  'accept-invitation': {
    from: (one) => isEmployed(one) && !one.frozen && one.activation === 'not-joined',
    to: { activation: 'not-activated' },
  },
  'log-in': {
    from: (one) => isEmployed(one) && !one.frozen && one.activation === 'not-activated',
    to: { activation: 'active' },
  },
  'leave-workspace': {
    from: (one) =>
      isEmployed(one) && !one.frozen && (one.activation === 'not-activated' || one.activation === 'active'),
    to: { activation: 'exited' },
  },
  'change-contact': {
    from: (one) => isEmployed(one) && !one.frozen && isJoining(one),
    to: { activation: 'not-joined' },
  },
  // The activation stays beside it, so that the status before the freeze is remembered.
  freeze: { from: (one) => isEmployed(one) && !one.frozen && one.activation !== 'exited', to: { frozen: true } },
  unfreeze: { from: (one) => isEmployed(one) && one.frozen && one.activation !== 'exited', to: { frozen: false } },
  'to-be-resigned': { from: (one) => isRegular(one) && one.activation !== 'exited', to: { status: 'pre-resigned' } },
  regular: {
    from: (one) => one.status === 'pre-resigned' && one.activation !== 'exited',
    to: { status: 'regular' },
  },
  resign: { from: isEmployed, to: { status: 'resigned' } },
  // `active_status` is as before the resignation.
  resurrect: { from: ({ status }) => status === 'resigned', to: { status: 'regular' } },
};

/** All events, in a list. */
export const LIFE_EVENTS = Object.keys(EDGES) as readonly LifeEvent[];

/** What the event changes of the standing; null where there is no such edge. */
export function transition(standing: LifecycleState, event: LifeEvent): Partial<LifecycleState> | null {
  const { from, to } = EDGES[event];
  return from(standing) ? to : null;
}
