import { describeError } from '@waymark/ui';
import { isStatus } from '../../shared/isStatus';

const FIELDS = ['reason', 'startsAt', 'expiresAt'] as const;

/** What is wrong with a request, field by field; `form` is about none of them. */
export type Problems = {
  [field in (typeof FIELDS)[number] | 'form']?: string;
};

/** The backend begins with the name of the field: `expiresAt: has to lie ahead`. */
export function readProblems(error: unknown): Problems {
  const message = describeError(error);
  const isInput = isStatus(error, 400);
  for (const field of FIELDS) {
    const found =
      isInput && new RegExp(`(?:^|\\b)${field}:? (.+)$`).exec(message);
    if (found) {
      const text = found[1];
      return { [field]: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` };
    }
  }
  return { form: `Nothing was requested: ${message}` };
}
