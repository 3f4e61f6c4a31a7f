import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { forgetReportedErrors } from '../errors/reportError.ts';

beforeEach(() => {
  forgetReportedErrors();
  document.title = 'seat-maps';
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
