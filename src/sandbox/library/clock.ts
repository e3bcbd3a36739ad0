import { durationMs } from '../../lib/time/duration.ts';
import type { CompanyClocks } from '../clock/company-clocks.ts';
import type { ClockView } from '../clock/contract.ts';
import type { ClockMove } from '../clock/move.ts';
import type { CompanyClock, DurationParts } from './contract.ts';

/** Makes the clock of one company; `changing` names it for what moves the clock. */
export function clockOf(
  clocks: CompanyClocks,
  company: () => Promise<string>,
  changing: () => Promise<string>,
): CompanyClock {
  const move = async (what: ClockMove): Promise<ClockView> => {
    const key = await changing();
    return shown(key, await clocks.move(key, what));
  };
  return {
    now: async () => {
      const key = await company();
      return new Date(shown(key, await clocks.show(key)).now);
    },
    advance: async (by) => move({ advance: lengthOf(by) }),
    to: async (at) => move({ to: instantOf(at) }),
    plan: async (by) => {
      const key = await company();
      return shown(key, await clocks.move(key, { advance: lengthOf(by) }, true));
    },
    freeze: () => move({ frozen: true }),
    resume: () => move({ frozen: false }),
  };
}

function shown(key: string, view: Awaited<ReturnType<CompanyClocks['move']>>): ClockView {
  switch (view) {
    case null:
      throw new Error(`There is no company "${key}".`);
    case 'backwards':
      throw new Error('The time of a company goes forward only; a reset puts it back.');
    case 'too-far':
      throw new Error('A company is at most ten years ahead of the system.');
    default:
      return view;
  }
}

function lengthOf(by: string | DurationParts): number {
  if (typeof by === 'string') {
    const ms = durationMs(by);
    if (ms === null) throw new Error(`"${by}" is no duration of ISO 8601 in weeks, days and times, e.g. "PT2H".`);
    return ms;
  }
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds = 0, ...others } = by;
  const [wrong] = Object.keys(others);
  // Who writes `hour` for `hours` would wait for nothing.
  if (wrong !== undefined)
    throw new Error(`A length of time has no ${wrong}; it has days, hours, minutes, seconds and milliseconds.`);
  if (![days, hours, minutes, seconds, milliseconds].every(Number.isFinite))
    throw new Error('The parts of a length of time are numbers.');
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds;
}

function instantOf(at: string | Date): number {
  const instant = typeof at === 'string' ? Date.parse(at) : at.getTime();
  if (Number.isNaN(instant)) throw new Error(`"${String(at)}" is no instant of ISO 8601.`);
  return instant;
}
