import { InputError } from '@backstage/errors';

const PREFIX = 'ce-';

/** What cannot be written into a header but in its encoding. */
const RAW = /[^\x20-\x7e]/;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A CloudEvent whose attributes are headers, in the form of JSON.
 *
 * @param options - `headers`: each with all of its values
 * @throws InputError that names the header
 * @internal
 */
export function readBinaryEvent(options: {
  headers: NodeJS.Dict<string[]>;
  data: unknown;
}): unknown {
  const event: Record<string, unknown> = {};
  for (const [header, values = []] of Object.entries(options.headers)) {
    if (!header.startsWith(PREFIX)) {
      continue;
    }
    const name = header.slice(PREFIX.length);
    if (values.length > 1) {
      throw new InputError(`${header}: stands twice`);
    }
    if (name === 'data' || name === 'datacontenttype') {
      throw new InputError(
        `${header}: in the binary encoding, the body and the content type say it`,
      );
    }
    event[name] = toValue(name, decode(header, values[0]));
  }
  return {
    ...event,
    datacontenttype: options.headers['content-type']?.[0],
    data: options.data,
  };
}

/** Headers are text; of the extensions, one is something else. */
function toValue(name: string, text: string): unknown {
  return name === 'sample' && /^(true|false)$/.test(text)
    ? text === 'true'
    : text;
}

/** As the HTTP binding of CloudEvents says: quotes first, percent signs then. */
function decode(header: string, value: string): string {
  if (RAW.test(value)) {
    throw new InputError(
      `${header}: has characters that have to be percent-encoded`,
    );
  }
  const unquoted = /^"(.*)"$/.test(value)
    ? value.slice(1, -1).replace(/\\(.)/g, '$1')
    : value;
  try {
    return unquoted.replace(/(?:%[0-9A-Fa-f]{2})+/g, encoded =>
      utf8.decode(Buffer.from(encoded.replaceAll('%', ''), 'hex')),
    );
  } catch {
    throw new InputError(`${header}: what is percent-encoded is not UTF-8`);
  }
}
