import { tokenTypes } from '@backstage/plugin-auth-node';
import { IncomingMessage } from 'node:http';

const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/**
 * Where plugins ask whose token a pipeline has shown them. They do so before they
 * know who is calling, and so without a token of their own.
 */
const QUESTION_ABOUT_TOKEN = '/api/ci-credentials/verify';

/**
 * Whether a request is one that plugins of this very process make to each other.
 *
 * It comes from the machine itself and was passed on by no proxy, which none but
 * programs on the machine can bring about. Of those, the plugins are told by the
 * kind of token they use, or by what they ask. The token is not verified here:
 * the plugin that is asked does that.
 *
 * @internal
 */
export function isCallBetweenPlugins(request: IncomingMessage): boolean {
  const { authorization = '', forwarded } = request.headers;
  return (
    LOOPBACK.includes(request.socket.remoteAddress ?? '') &&
    forwarded === undefined &&
    request.headers['x-forwarded-for'] === undefined &&
    (request.url === QUESTION_ABOUT_TOKEN ||
      typeOf(authorization.replace(/^Bearer /i, '')) ===
        tokenTypes.plugin.typParam)
  );
}

function typeOf(token: string): unknown {
  try {
    const [header] = token.split('.');
    return JSON.parse(Buffer.from(header, 'base64url').toString('utf8')).typ;
  } catch {
    return undefined;
  }
}
