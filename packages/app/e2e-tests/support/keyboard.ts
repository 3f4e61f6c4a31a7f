import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any page has before what one is looking for. */
const MOST_STOPS = 80;

/**
 * Goes to something with the Tab key alone, and fails when it is not to be reached
 * or when somewhere on the way one cannot see where the focus is.
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  const unseen: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    const lost = await page.evaluate(compareWithLastStop);
    if (lost) {
      unseen.push(lost);
    }
    if (await target.evaluate(isFocused)) {
      expect(unseen, `stops of ${page.url()} without visible focus`).toEqual(
        [],
      );
      return;
    }
  }
  throw new Error(
    `${target} was not reached within ${MOST_STOPS} stops of ${page.url()}`,
  );
}

/** Goes to something with the Tab key and presses Enter on it. */
export async function enterOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Within a shadow tree the document itself knows only about its host. */
function isFocused(element: Element): boolean {
  const root = element.getRootNode() as Document | ShadowRoot;
  return root.activeElement === element;
}

/**
 * Runs in the page: says what the last stop was if it looks the same with the
 * focus and without it, and remembers what has the focus now.
 */
function compareWithLastStop(): string | undefined {
  const state = window as unknown as {
    lastStop?: { element: Element; look: string };
  };
  const describe = (element: Element) =>
    `${element.tagName.toLowerCase()} "${(
      element.getAttribute('aria-label') ??
      element.textContent ??
      ''
    )
      .trim()
      .slice(0, 40)}"`;
  const lookOf = (element: Element) => {
    // What is around it, and directly in it, may show its focus, too
    const around: Element[] = [];
    for (
      let next: Element | null = element;
      next && around.length < 4;
      next = next.parentElement
    ) {
      around.push(next);
    }
    return [...around, ...element.querySelectorAll('*')]
      .slice(0, 24)
      .flatMap(part =>
        [null, '::before', '::after'].map(pseudo => {
          const style = getComputedStyle(part, pseudo);
          return [
            style.outline,
            style.boxShadow,
            style.backgroundColor,
            style.borderColor,
            style.color,
            style.textDecorationLine,
            style.opacity,
            style.clip,
          ].join();
        }),
      )
      .join('|');
  };
  const focused = () => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) {
      element = element.shadowRoot.activeElement;
    }
    return element === document.body ? null : element;
  };

  // At once what would otherwise fade in
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) {
      animation.finish();
    }
  }
  const { lastStop } = state;
  const element = focused();
  state.lastStop = element ? { element, look: lookOf(element) } : undefined;
  return lastStop &&
    lastStop.element.isConnected &&
    lastStop.element !== element &&
    lastStop.look === lookOf(lastStop.element)
    ? describe(lastStop.element)
    : undefined;
}
