import { ServiceUnavailableError } from '@backstage/errors';
import { createRemoteJWKSet, JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

const TIMEOUT_MS = 5_000;
/** After this, what the issuer withdrew is not believed any more. */
const KEYS_MAX_AGE_MS = 10 * 60_000;
/** Made-up key ids ask the issuer no more often than this. */
const KEYS_COOLDOWN_MS = 30_000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * The keys with which an issuer signs. They are looked up where the issuer says
 * (OpenID Connect Discovery 1.0) and kept for ten minutes.
 *
 * @internal
 */
export class GithubKeys {
  readonly #issuer: string;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(options: { issuer: string }) {
    this.#issuer = options.issuer;
  }

  /** Finds the key for a token, as `jwtVerify` asks for it. */
  readonly getKey: JWTVerifyGetKey = async (header, token) => {
    // One search at a time, and a search that failed is not remembered
    this.#keys ??= this.#discover().catch(error => {
      this.#keys = undefined;
      throw error;
    });
    const keys = await this.#keys;
    return keys(header, token);
  };

  async #discover(): Promise<JWTVerifyGetKey> {
    const url = `${this.#issuer}/.well-known/openid-configuration`;
    let answer: unknown;
    try {
      const response = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) {
        throw new Error(`status ${response.status}`);
      }
      answer = await response.json();
    } catch (error) {
      throw new ServiceUnavailableError(
        `${this.#issuer} does not tell its keys now: ${
          error instanceof Error ? error.message : 'unknown error'
        }`,
      );
    }
    const parsed = discoverySchema.safeParse(answer);
    if (!parsed.success || parsed.data.issuer !== this.#issuer) {
      throw new ServiceUnavailableError(
        `${url} does not describe the issuer ${this.#issuer}`,
      );
    }
    const jwksUri = new URL(parsed.data.jwks_uri);
    if (
      jwksUri.protocol !== 'https:' &&
      jwksUri.origin !== new URL(this.#issuer).origin
    ) {
      throw new ServiceUnavailableError(
        `${this.#issuer} tells its keys over an open connection`,
      );
    }
    return createRemoteJWKSet(jwksUri, {
      timeoutDuration: TIMEOUT_MS,
      cacheMaxAge: KEYS_MAX_AGE_MS,
      cooldownDuration: KEYS_COOLDOWN_MS,
    });
  }
}
