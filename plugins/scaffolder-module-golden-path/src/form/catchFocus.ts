/**
 * Gives the focus to what has taken the place of a page, when the button that led here
 * went with it: else nobody with a keyboard or a screen reader knows where they are.
 *
 * @internal
 */
export function catchFocus(element: HTMLElement | undefined | null): void {
  if (document.activeElement === document.body) {
    element?.focus({ preventScroll: true });
  }
}

/**
 * The first control that one comes to with the Tab key.
 *
 * @internal
 */
export function firstControl(within: HTMLElement): HTMLElement | undefined {
  const controls = within.querySelectorAll<HTMLElement>(
    'input, select, textarea, button',
  );
  return [...controls].find(
    control =>
      control.tabIndex >= 0 &&
      !control.matches(':disabled, [type="hidden"], [aria-hidden] *'),
  );
}
