import { createPublicKey, verify } from 'node:crypto';
import { GithubError } from '../http/GithubError.mjs';

const undecodable = () =>
  new GithubError(401, 'A JSON web token could not be decoded');

const parse = part => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    throw undecodable();
  }
};

/**
 * The App a JSON web token speaks for, checked as GitHub documents it: RS256 by
 * the App's key, `iat` not in the future, `exp` at most ten minutes away.
 *
 * @throws GithubError 401
 */
export function verifyAppJwt(state, token) {
  const [head, body, signature] = token.split('.');
  const claims = parse(body);
  const issuer = String(claims.iss);
  const app = state.apps.find(
    candidate =>
      String(candidate.id) === issuer || candidate.clientId === issuer,
  );
  if (parse(head).alg !== 'RS256' || !app) {
    throw undecodable();
  }
  const valid = verify(
    'RSA-SHA256',
    Buffer.from(`${head}.${body}`),
    createPublicKey(app.privateKey),
    Buffer.from(signature, 'base64url'),
  );
  if (!valid) {
    throw undecodable();
  }
  const seconds = Date.now() / 1000;
  if (!(claims.exp > seconds)) {
    throw new GithubError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (claims.exp > seconds + 630) {
    throw new GithubError(
      401,
      "'Expiration time' claim ('exp') is too far in the future",
    );
  }
  if (!(claims.iat <= seconds + 60)) {
    throw new GithubError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  return app;
}
