import { ownPortalTest } from '../../support/test';
import { situation } from './situation';

/** Playwright's test, against the portal of the global setup. */
export const test = ownPortalTest.extend({
  baseURL: async ({}, provide) => {
    await provide(situation().url);
  },
});

export { expect } from '../../support/test';
