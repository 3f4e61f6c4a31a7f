import { reply } from '../http/reply.mjs';

/** Where the public half of GitHub Actions' ID tokens is published. */
export function addOidcRoutes(pages) {
  const configuration = ({ state }) =>
    reply(200, state.actionsTokens.configuration());
  const keys = ({ state }) => reply(200, state.actionsTokens.keySet());
  for (const base of ['', '/_services/token']) {
    pages.get(`${base}/.well-known/openid-configuration`, configuration);
    pages.get(`${base}/.well-known/jwks`, keys);
  }
}
