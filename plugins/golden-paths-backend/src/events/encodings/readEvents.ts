import { InputError } from '@backstage/errors';
import {
  PayloadTooLargeError,
  readBody,
  UnsupportedMediaTypeError,
} from '@waymark/backend-support';
import { Request, Response } from 'express';
import { findRepeatedKey } from '../findRepeatedKey';
import { parseContentType } from './parseContentType';
import { readBinaryEvent } from './readBinaryEvent';

const STRUCTURED = 'application/cloudevents+json';
const BATCHED = 'application/cloudevents-batch+json';
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/;

/** Events of one request. */
const MAX_EVENTS = 1_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

type Encoding = 'structured' | 'batched' | 'binary';

/**
 * Takes what may be one or more CloudEvents out of a request, in the encoding
 * that its headers name.
 *
 * @throws InputError, PayloadTooLargeError or UnsupportedMediaTypeError about the
 * request as a whole
 * @internal
 */
export async function readEvents(options: {
  request: Request;
  response: Response;
  /** Bytes of one event. */
  maxBytes: number;
  /** Bytes of a batch. */
  maxBatchBytes: number;
}): Promise<{ isBatch: boolean; items: unknown[] }> {
  const { request, response, maxBytes, maxBatchBytes } = options;
  const encoding = encodingOf(request);
  const isBatch = encoding === 'batched';
  const body = parseJson(
    await readBody({
      request,
      response,
      maxBytes: isBatch ? maxBatchBytes : maxBytes,
    }),
  );
  if (encoding === 'binary') {
    const headers = request.headersDistinct;
    return { isBatch, items: [readBinaryEvent({ headers, data: body })] };
  }
  if (!isBatch) {
    return { isBatch, items: [body] };
  }
  if (!Array.isArray(body)) {
    throw new InputError('A batch is a list of events');
  }
  if (body.length > MAX_EVENTS) {
    throw new PayloadTooLargeError(
      `The batch has ${body.length} events, and at most ${MAX_EVENTS} are accepted`,
    );
  }
  return { isBatch, items: body };
}

function encodingOf(request: Request): Encoding {
  const { mediaType, charset } = parseContentType(
    request.header('content-type'),
  );
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/.test(charset)) {
    throw new UnsupportedMediaTypeError(
      `The charset has to be UTF-8, not ${JSON.stringify(charset)}`,
    );
  }
  if (mediaType === STRUCTURED) {
    return 'structured';
  }
  if (mediaType === BATCHED) {
    return 'batched';
  }
  if (
    JSON_TYPE.test(mediaType) &&
    request.header('ce-specversion') !== undefined
  ) {
    return 'binary';
  }
  throw new UnsupportedMediaTypeError(
    `The content type has to be ${STRUCTURED} for one event, ${BATCHED} for several, or application/json with the attributes of one event as headers (ce-specversion, ce-id and so on)`,
  );
}

function parseJson(bytes: Buffer): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new InputError('The body is not UTF-8');
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `The body is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  const repeated = findRepeatedKey(text);
  if (repeated !== undefined) {
    throw new InputError(
      `The key ${JSON.stringify(
        repeated.slice(0, 100),
      )} stands twice in one object`,
    );
  }
  return body;
}
