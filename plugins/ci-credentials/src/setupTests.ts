import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Dialogs and tables in jsdom take seconds on a busy machine
configure({ asyncUtilTimeout: 30_000 });
