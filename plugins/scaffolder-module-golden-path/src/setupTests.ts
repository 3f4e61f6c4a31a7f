import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The scaffolder's form in jsdom takes seconds on a busy machine
configure({ asyncUtilTimeout: 30_000 });

// jsdom has no layout; the scaffolder's form scrolls to its top
window.scrollTo = () => {};
