import { isFocusLost } from './kept-focus.ts';

/**
 * Takes the focus that a form loses once it was sent: its button is disabled then, now or in a moment, and who has no mouse
 * would begin from the top of the page.
 */
export function takeLostFocus(element: HTMLElement | null): void {
  const at = document.activeElement;
  const isOnButton = at instanceof HTMLButtonElement && at.form !== null && at.form === element?.closest('form');
  if (isFocusLost() || isOnButton) element?.focus();
}
