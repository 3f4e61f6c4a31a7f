import { Agent, request } from 'node:http';

function call({
  agent,
  url,
  token,
  method = 'GET',
  body,
  type = 'application/json',
}) {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body ? { 'content-type': type } : {}),
        },
      },
      response => {
        const chunks = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            ms: performance.now() - started,
            status: response.statusCode,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/**
 * Asks for one address after another, on each of so many connections.
 *
 * @param {object} options
 * @param {number} options.connections
 * @param {(number: number) => object | undefined} options.next what to ask for: url,
 *   token, method, body; undefined ends it
 * @returns {Promise<{ times: number[], seconds: number, last: string }>} in
 *   milliseconds how long each took, how long all, and what the last one said
 */
export async function load({ connections, next }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  let count = 0;
  let last = '';
  const work = async () => {
    for (let asked = next(count++); asked; asked = next(count++)) {
      const { ms, status, text } = await call({ agent, ...asked });
      if (status >= 300) {
        const said = text.slice(0, 500);
        throw new Error(`${asked.url} answers ${status}: ${said}`);
      }
      times.push(ms);
      last = text;
    }
  };
  const started = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    agent.destroy();
  }
  return { times, seconds: (performance.now() - started) / 1000, last };
}

/** Asks once. */
export async function ask(asked) {
  const { last } = await load({
    connections: 1,
    next: number => (number === 0 ? asked : undefined),
  });
  return last ? JSON.parse(last) : undefined;
}
