import type { FormProps } from '@backstage/plugin-scaffolder-react';

/** What is said of a field without an answer, in words for whoever fills it in. */
export const plainErrors: NonNullable<FormProps['transformErrors']> = errors =>
  errors.map(error =>
    error.name === 'required'
      ? { ...error, message: 'needs an answer' }
      : error,
  );
