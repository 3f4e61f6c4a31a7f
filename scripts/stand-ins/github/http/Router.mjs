function compile(pattern) {
  const names = [];
  const source = pattern.replace(
    /[:*](\w+)|[.+?^${}()|[\]\\]/g,
    (match, name) => {
      if (!name) {
        return `\\${match}`;
      }
      names.push(name);
      return match.startsWith('*') ? '(.+)' : '([^/]+)';
    },
  );
  return { names, regex: new RegExp(`^${source}/?$`) };
}

/**
 * Matches method and path, in the order of registration. `:name` is one part of
 * the path, `*name` is one or more.
 */
export class Router {
  #routes = [];

  #add(method, pattern, handler) {
    this.#routes.push({ method, handler, ...compile(pattern) });
  }

  get(pattern, handler) {
    this.#add('GET', pattern, handler);
  }

  post(pattern, handler) {
    this.#add('POST', pattern, handler);
  }

  put(pattern, handler) {
    this.#add('PUT', pattern, handler);
  }

  patch(pattern, handler) {
    this.#add('PATCH', pattern, handler);
  }

  delete(pattern, handler) {
    this.#add('DELETE', pattern, handler);
  }

  /** @returns the handler and what the path holds, or undefined */
  match(method, path) {
    const wanted = method === 'HEAD' ? 'GET' : method;
    for (const route of this.#routes) {
      if (route.method !== wanted) {
        continue;
      }
      const found = path.match(route.regex);
      if (!found) {
        continue;
      }
      const params = {};
      route.names.forEach((name, index) => {
        params[name] = decodeURIComponent(found[index + 1]);
      });
      return { handler: route.handler, params };
    }
    return undefined;
  }
}
