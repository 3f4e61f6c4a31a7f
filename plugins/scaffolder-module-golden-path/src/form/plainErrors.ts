import type { FormProps } from '@backstage/plugin-scaffolder-react';
import { toSentence } from './toSentence';

/** What is said below a field that is wrong, in words for whoever fills it in. */
export const plainErrors: NonNullable<FormProps['transformErrors']> = errors =>
  errors.map(error => ({
    ...error,
    message:
      error.name === 'required'
        ? 'This needs an answer.'
        : error.message && toSentence(error.message),
  }));
