import { CustomErrorBase } from '@backstage/errors';

/**
 * A file has more bytes than this module is willing to read.
 *
 * @internal
 */
export class FileTooLargeError extends CustomErrorBase {
  name = 'FileTooLargeError' as const;

  constructor(url: string, options: { maxBytes: number }) {
    super(`${url} has more than ${options.maxBytes} bytes`);
  }
}
