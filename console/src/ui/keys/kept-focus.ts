/** Marks what holds the focus for something else. */
const HOLDS = 'data-holds-focus';

/** Whether the focus is nowhere, or held for something that is gone or off. */
export function isFocusLost(): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || at.hasAttribute(HOLDS);
}

/**
 * Keeps the focus near where it was, for those who have no mouse, where what has it is switched off or taken away: a button while
 * its call is on the way, the last row of a list, a question that was answered. What was switched off gets it back once it is
 * on again; else the nearest thing around it that is still there holds it. Returns what ends that.
 */
export function keepFocus(): () => void {
  let last: HTMLElement | null = null;
  let around: readonly HTMLElement[] = [];
  let holder: HTMLElement | null = null;
  let isMadeFocusable = false;
  const release = (): void => {
    holder?.removeAttribute(HOLDS);
    // What takes no focus of its own would take it from each click on it.
    if (isMadeFocusable) holder?.removeAttribute('tabindex');
    isMadeFocusable = false;
    holder = null;
  };
  const taken = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement) || target === holder) return;
    release();
    last = target;
    around = ancestorsOf(target);
  };
  // What loses the focus and can still have it was left on purpose, unless the whole window was left.
  const left = ({ target }: FocusEvent): void => {
    queueMicrotask(() => {
      if (target === document.activeElement) return;
      if (target === last && last !== null && canHaveFocus(last)) last = null;
      else if (target === holder) release();
    });
  };
  // Who has a mouse says with it where to go on.
  const pointed = (): void => {
    if (holder === null) return;
    last = null;
    release();
  };
  const changed = (): void => {
    if (last === null || !(document.activeElement === last || isFocusLost())) return;
    if (canHaveFocus(last)) {
      if (holder !== null) last.focus({ preventScroll: true });
      return;
    }
    if (holder?.isConnected === true) return;
    release();
    holder = placeFor(around);
    if (holder === null) return;
    holder.setAttribute(HOLDS, '');
    isMadeFocusable = !holder.hasAttribute('tabindex') && holder.tabIndex < 0;
    if (isMadeFocusable) holder.tabIndex = -1;
    holder.focus({ preventScroll: true });
  };
  const watched = new MutationObserver(changed);
  watched.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  document.addEventListener('focusin', taken);
  document.addEventListener('focusout', left);
  document.addEventListener('pointerdown', pointed, true);
  return () => {
    watched.disconnect();
    document.removeEventListener('focusin', taken);
    document.removeEventListener('focusout', left);
    document.removeEventListener('pointerdown', pointed, true);
  };
}

function canHaveFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled');
}

function ancestorsOf(element: HTMLElement): readonly HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) found.push(at);
  return found;
}

/** The nearest that is still there; where that is a whole page, its title, as when a page opens. */
function placeFor(around: readonly HTMLElement[]): HTMLElement | null {
  const nearest = around.find(({ isConnected }) => isConnected) ?? null;
  const page = document.querySelector<HTMLElement>('main .page');
  const isWhole = nearest === null || page === null || nearest.contains(page);
  return isWhole ? document.querySelector<HTMLElement>('main h1') : nearest;
}
