import { z } from 'zod';
import { AnswerTooLargeError } from './AnswerTooLargeError';
import { readBounded } from './readBounded';

/** A page of 50 repositories is about 200 kB. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;

/**
 * The JSON of an answer with status 200, and of the expected shape.
 *
 * @throws Error that names the address and what is wrong with its answer
 * @internal
 */
export async function readJson<T extends z.ZodType>(
  answer: { url: string; response: Response },
  schema: T,
  options: { maxBytes: number } = { maxBytes: MAX_JSON_BYTES },
): Promise<z.output<T>> {
  const { url, response } = answer;
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(
      `${url} answered ${response.status} ${response.statusText}`.trimEnd(),
    );
  }
  const body = await readBounded(response, options);
  if (!body) {
    throw new AnswerTooLargeError(
      `${url} answered more than ${options.maxBytes} bytes`,
    );
  }
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Error(`${url} did not answer with JSON`);
  }
  return checkAnswer(schema, json, `The answer of ${url}`);
}

/**
 * @throws Error that names the subject and what is wrong with it
 * @internal
 */
export function checkAnswer<T extends z.ZodType>(
  schema: T,
  value: unknown,
  subject: string,
): z.output<T> {
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
    throw new Error(`${subject} is not understood${where}: ${issue.message}`);
  }
  return result.data;
}
