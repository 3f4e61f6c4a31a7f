import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Dialogs and tables in jsdom take seconds on a busy machine
configure({ asyncUtilTimeout: 30_000 });

// jsdom has no layout, and so nothing that would come into sight
window.IntersectionObserver = class {
  readonly root = null;
  readonly rootMargin = '';
  readonly thresholds = [];
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
};
// jsdom has no layout
Element.prototype.scrollIntoView = () => {};
