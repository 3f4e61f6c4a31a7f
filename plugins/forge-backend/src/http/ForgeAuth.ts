import { AuthenticationError } from '@backstage/errors';
import { createHash, timingSafeEqual } from 'node:crypto';
import { Request, Response } from 'express';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * The forge's own check. It has one user, who may write; everybody may read.
 *
 * @internal
 */
export class ForgeAuth {
  readonly username: string;
  readonly #user: Buffer;
  readonly #password: Buffer;

  constructor(options: { username: string; password: string }) {
    this.username = options.username;
    this.#user = digest(options.username);
    this.#password = digest(options.password);
  }

  /**
   * Who sent the request: the forge's user, or nobody.
   *
   * @throws AuthenticationError when credentials were given and are wrong
   */
  identify(req: Request): string | undefined {
    const [, scheme = '', value = ''] =
      req.headers.authorization?.match(/^(\S+) +(.*)$/) ?? [];
    switch (scheme.toLowerCase()) {
      case 'basic': {
        const text = Buffer.from(value, 'base64').toString('utf8');
        const colon = text.indexOf(':');
        return this.#check(text.slice(0, colon), text.slice(colon + 1));
      }
      case 'token':
        // What Backstage sends for a host that has a password and no user name
        return this.#check(this.username, value);
      default:
        // A token of the portal itself means nothing here
        return undefined;
    }
  }

  /**
   * @throws AuthenticationError when the request does not come from the forge's user
   */
  require(req: Request, res: Response): string {
    try {
      const user = this.identify(req);
      if (user) {
        return user;
      }
    } catch (error) {
      this.challenge(res);
      throw error;
    }
    this.challenge(res);
    throw new AuthenticationError(
      'This needs the user name and password of the forge',
    );
  }

  /** Makes Git clients and browsers ask for the credentials. */
  challenge(res: Response): void {
    res.setHeader('WWW-Authenticate', 'Basic realm="Forge", charset="UTF-8"');
  }

  #check(username: string, password: string): string {
    // Digests have one length, and both are always compared
    const sameUser = timingSafeEqual(digest(username), this.#user);
    const samePassword = timingSafeEqual(digest(password), this.#password);
    if (!sameUser || !samePassword) {
      throw new AuthenticationError(
        'The user name or password of the forge is wrong',
      );
    }
    return this.username;
  }
}
