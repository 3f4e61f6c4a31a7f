const MAX = 5000;

const SECRET =
  /secret|token|password|private_?key|encrypted_value|^code$|code_verifier/i;

const HIDDEN = '[hidden]';

function hideSecrets(value, depth = 0) {
  if (typeof value !== 'object' || value === null || depth > 5) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(item => hideSecrets(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      SECRET.test(name) && typeof item !== 'object'
        ? HIDDEN
        : hideSecrets(item, depth + 1),
    ]),
  );
}

function whoOf(principal) {
  switch (principal?.kind) {
    case 'user':
      return principal.user.login;
    case 'installation':
      return principal.installation.app.bot.login;
    case 'app':
      return principal.app.slug;
    default:
      return undefined;
  }
}

/** What was asked of the stand-in, without anything that opens a door. */
export class Requests {
  #list = [];

  record({ req, res, context, milliseconds }) {
    const { pathname, searchParams } = new URL(req.url, 'http://localhost');
    if (pathname.startsWith('/_control/')) {
      return;
    }
    this.#list.push({
      time: new Date().toISOString(),
      method: req.method,
      path: pathname,
      query: hideSecrets(Object.fromEntries(searchParams)),
      status: res.statusCode,
      user: whoOf(context?.principal),
      /** The scheme and nothing behind it. */
      authorization: req.headers.authorization?.split(' ')[0],
      userAgent: req.headers['user-agent'],
      body: hideSecrets(context?.body),
      milliseconds: Math.round(milliseconds),
    });
    this.#list.splice(0, Math.max(0, this.#list.length - MAX));
  }

  list({ path, method }) {
    const pattern = path ? new RegExp(path) : undefined;
    return this.#list.filter(
      entry =>
        (!pattern || pattern.test(entry.path)) &&
        (!method || entry.method === method),
    );
  }

  clear() {
    this.#list = [];
  }
}
