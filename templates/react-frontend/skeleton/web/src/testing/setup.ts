import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { forgetReportedErrors } from '../errors/reportError.ts';

// A busy runner is slow to draw
configure({ asyncUtilTimeout: 10_000 });

beforeEach(() => {
  forgetReportedErrors();
  document.title = 'seat-maps';
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
