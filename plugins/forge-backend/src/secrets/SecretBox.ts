import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scrypt,
} from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;

/** @internal */
export const sealedSchema = z.object({
  iv: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});

/** @internal */
export type Sealed = z.infer<typeof sealedSchema>;

/**
 * Encrypts with a key that is made from a password. Who has the files but not the
 * password, from a backup say, reads nothing. The password of the forge lies on
 * the same machine in a local portal: who is in that machine reads both.
 *
 * @internal
 */
export class SecretBox {
  readonly #key: Buffer;

  /** Slow on purpose; a box is made once. */
  static async create(options: {
    password: string;
    salt: Buffer;
  }): Promise<SecretBox> {
    const derive = promisify<string, Buffer, number, Buffer>(scrypt);
    return new SecretBox(
      await derive(options.password, options.salt, KEY_BYTES),
    );
  }

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /** @param place - where it is kept; elsewhere it cannot be opened */
  seal(text: string, place: string): Sealed {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, iv);
    cipher.setAAD(Buffer.from(place));
    const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return {
      iv: iv.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
      data: data.toString('base64'),
    };
  }

  /** @returns undefined when it was sealed with another password or was changed */
  open(sealed: Sealed, place: string): string | undefined {
    try {
      const decipher = createDecipheriv(
        ALGORITHM,
        this.#key,
        Buffer.from(sealed.iv, 'base64'),
        { authTagLength: 16 },
      );
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
      return Buffer.concat([
        decipher.update(Buffer.from(sealed.data, 'base64')),
        decipher.final(),
      ]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
