import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Dialogs and tables in jsdom take seconds on a busy machine
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 10_000 });
