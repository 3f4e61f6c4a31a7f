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

function isControl(element: HTMLElement): boolean {
  return (
    element.matches('input, select, textarea, button') &&
    element.tabIndex >= 0 &&
    !element.matches(':disabled, [type="hidden"], [aria-hidden] *')
  );
}

/**
 * The first control that one comes to with the Tab key.
 *
 * @internal
 */
export function firstControl(within: ParentNode): HTMLElement | undefined {
  return [...within.querySelectorAll<HTMLElement>('*')].find(isControl);
}

/**
 * The control of a field of a form, rather one that is marked as wrong where the field
 * has several.
 *
 * @internal
 */
export function controlOf(fieldId: string): HTMLElement | undefined {
  const field = document.getElementById(fieldId);
  const parts = field
    ? [field, ...field.querySelectorAll<HTMLElement>('*')]
    : [
        ...document.querySelectorAll<HTMLElement>(
          `[id^=${JSON.stringify(`${fieldId}_`)}]`,
        ),
      ];
  const controls = parts.filter(isControl);
  return (
    controls.find(control => control.matches('[aria-invalid="true"]')) ??
    controls[0]
  );
}
