import { CustomErrorBase } from '@backstage/errors';

/**
 * A host answers with more than this module is willing to read.
 *
 * @internal
 */
export class AnswerTooLargeError extends CustomErrorBase {
  name = 'AnswerTooLargeError' as const;
}
