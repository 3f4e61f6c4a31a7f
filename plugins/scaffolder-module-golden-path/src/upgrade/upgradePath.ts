/**
 * Where the tab is, on the page of the entity.
 *
 * @internal
 */
export const UPGRADE_PATH = 'golden-path';
