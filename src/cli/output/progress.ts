/** What is shown while a long command works. */
export interface Progress {
  /** So many more are done. */
  readonly add: (count: number) => void;
  /** Leaves the screen as a line of its own. */
  readonly end: () => void;
}

/** Where progress is shown. */
interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_COLUMNS = 28;
const REDRAW_MS = 100;
const LINE_MS = 5_000;

/** A bar that fills up on a terminal; elsewhere a line every few seconds. */
export function progressOn(screen: Screen, total: number, noun: string, now = () => performance.now()): Progress {
  const isTerminal = screen.isTTY === true;
  const started = now();
  let done = 0;
  let shownAt = started;
  const show = (): void => {
    const seconds = (now() - started) / 1_000;
    const share = total === 0 ? 1 : done / total;
    const rate = seconds === 0 ? 0 : Math.round(done / seconds);
    const left = share === 0 ? '' : `  ${clock((seconds / share) * (1 - share))} left`;
    const counts = `${formatThousands(done)} / ${formatThousands(total)} ${noun}  ${formatThousands(rate)}/s${done < total ? left : ''}`;
    if (!isTerminal) {
      screen.write(`${counts}\n`);
      return;
    }
    const full = Math.round(share * BAR_COLUMNS);
    screen.write(`\r\x1b[2K  ${'█'.repeat(full)}${'░'.repeat(BAR_COLUMNS - full)}  ${counts}`);
  };
  return {
    add: (count) => {
      done += count;
      if (now() - shownAt < (isTerminal ? REDRAW_MS : LINE_MS)) return;
      shownAt = now();
      show();
    },
    end: () => {
      show();
      if (isTerminal) screen.write('\n');
    },
  };
}

/** A number with its thousands apart. */
export function formatThousands(number: number): string {
  return number.toLocaleString('en-US');
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
}
