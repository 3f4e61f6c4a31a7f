import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { GithubHost } from '@waymark/plugin-ci-credentials-node';
import { decodeJwt, errors, JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { GithubKeys } from './GithubKeys';
import { GithubRepository, parseSlug } from './GithubRepository';

/** Two clocks are never quite the same. */
const LEEWAY_SECONDS = 30;

const claimsSchema = z.object({
  repository: z.string(),
  ref: z.string(),
});

/**
 * Checks the tokens that GitHub gives to workflows with `id-token: write`.
 *
 * @internal
 */
export class GithubTokens {
  readonly #hosts: Map<string, { host: GithubHost; keys: GithubKeys }>;

  constructor(options: { hosts: GithubHost[] }) {
    this.#hosts = new Map(
      options.hosts.map(host => [
        host.issuer,
        { host, keys: new GithubKeys({ issuer: host.issuer }) },
      ]),
    );
  }

  /**
   * @returns the repository whose workflow holds the token
   * @throws AuthenticationError with the reason
   * @throws NotAllowedError when the workflow ran for a ref that is not believed
   * @throws ServiceUnavailableError when the issuer cannot be asked for its keys
   */
  async verify(token: string): Promise<GithubRepository> {
    const entry = this.#hosts.get(issuerOf(token) ?? '');
    if (!entry) {
      throw new AuthenticationError(
        'The token is not from an issuer in ciCredentials.github',
      );
    }
    const { host, keys } = entry;
    let payload: JWTPayload;
    try {
      ({ payload } = await jwtVerify(token, keys.getKey, {
        issuer: host.issuer,
        audience: host.audience,
        algorithms: ['RS256'],
        clockTolerance: LEEWAY_SECONDS,
        requiredClaims: ['exp', 'iat', 'sub'],
      }));
    } catch (error) {
      throw refusal(error, host);
    }

    const claims = claimsSchema.safeParse(payload);
    const slug = claims.success ? parseSlug(claims.data.repository) : undefined;
    if (!claims.success || !slug) {
      throw new AuthenticationError(
        `The token of ${host.issuer} does not say for which repository and ref it is`,
      );
    }
    if (!host.refs.some(pattern => matches(pattern, claims.data.ref))) {
      throw new NotAllowedError(
        `Workflows for ${claims.data.ref.slice(
          0,
          200,
        )} are not accepted, only for ${host.refs.join(', ')}`,
      );
    }
    return { host: host.host, slug };
  }
}

/** Says nothing yet about whether the token is good. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

function matches(pattern: string, ref: string): boolean {
  return pattern.endsWith('*')
    ? ref.startsWith(pattern.slice(0, -1))
    : ref === pattern;
}

function refusal(error: unknown, host: GithubHost): Error {
  const says = (reason: string) =>
    new AuthenticationError(`The token of ${host.issuer} ${reason}`);

  if (error instanceof errors.JWTExpired) {
    const { exp } = error.payload;
    return says(`expired on ${new Date(Number(exp) * 1000).toISOString()}`);
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return says(
      error.claim === 'aud'
        ? `is for another audience than ${host.audience}`
        : `has a wrong claim: ${error.message}`,
    );
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return says('is signed in another way than RS256');
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return says('has a wrong signature');
  }
  if (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return says('is signed with a key that the issuer does not have');
  }
  if (
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JOSENotSupported
  ) {
    return says('is malformed');
  }
  return error instanceof ServiceUnavailableError
    ? error
    : // The issuer did not answer, or not with keys
      new ServiceUnavailableError(
        `${host.issuer} does not tell its keys now: ${
          error instanceof Error ? error.message : 'unknown error'
        }`,
      );
}
