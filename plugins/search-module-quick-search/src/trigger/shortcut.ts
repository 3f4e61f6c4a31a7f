const isApple = () => /Mac|iPhone|iPad/.test(window.navigator.platform);

/** What is pressed on this machine, as it is written there. */
export const shortcutLabel = () => (isApple() ? '⌘ K' : 'Ctrl K');

/** The same, as ARIA writes it. */
export const shortcutKeys = () => (isApple() ? 'Meta+K' : 'Control+K');

/** The key that opens a link in a new tab. */
export const newTabLabel = () => (isApple() ? '⌘' : 'Ctrl');

/** Editors that have a use of their own for it, such as inserting a link. */
const EDITORS = '.cm-editor, .monaco-editor, [contenteditable="true"]';

/** Whether the key is the one that opens search. */
export function isShortcut(event: KeyboardEvent): boolean {
  const { altKey, ctrlKey, key, metaKey, shiftKey, target } = event;
  const modifier = isApple() ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  return (
    modifier &&
    !altKey &&
    !shiftKey &&
    key.toLowerCase() === 'k' &&
    !(target instanceof Element && target.closest(EDITORS))
  );
}
