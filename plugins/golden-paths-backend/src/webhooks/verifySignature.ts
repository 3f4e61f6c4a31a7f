import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether GitHub signed exactly these bytes with one of the secrets. Every
 * secret is tried, and compared in constant time: the answer takes as long
 * whichever it was.
 *
 * @internal
 */
export function verifySignature(options: {
  body: Buffer;
  secrets: string[];
  /** The header `X-Hub-Signature-256`. */
  signature: string;
}): boolean {
  const [, hex] = SIGNATURE.exec(options.signature) ?? [];
  if (!hex) {
    return false;
  }
  const given = Buffer.from(hex, 'hex');
  return options.secrets.reduce((found, secret) => {
    const expected = createHmac('sha256', secret).update(options.body).digest();
    return timingSafeEqual(expected, given) || found;
  }, false);
}
