import { InputError } from '@backstage/errors';
import { Endpoint } from './Endpoint';

/** Comments and strings, of which nothing is read; words; what parts statements. */
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[A-Za-z_][\w.]*|[{};]/g;
/** What a file in this language has, one at least. */
const STATEMENTS = ['syntax', 'edition', 'package', 'service', 'message'];
/** Services of the platform rather than for users: probes, reflection. */
const PLATFORM_PACKAGE = /^grpc\./;

/**
 * The methods of the services of a file in Protocol Buffers, in its order,
 * without those of gRPC itself. Whatever is no service is passed over, so that no
 * version of the language is too new.
 *
 * @throws InputError when it is none, with the line
 * @internal
 */
export function readProtobuf(definition: string): Endpoint[] {
  const tokens = [...definition.matchAll(TOKEN)].filter(
    ([token]) => !/^["'/]/.test(token),
  );
  const lineOf = (index: number) =>
    definition.slice(0, index).split('\n').length;

  const endpoints: Endpoint[] = [];
  const blocks: { service?: string; index: number }[] = [];
  let isProtobuf = false;
  let packageName = '';
  for (const [position, { 0: token, index }] of tokens.entries()) {
    const startsStatement = /^[{};]$/.test(tokens[position - 1]?.[0] ?? ';');
    const name = tokens[position + 1]?.[0] ?? '';
    const service = blocks.at(-1)?.service;
    if (token === '{') {
      // The name of a service stands before the brace, the keyword before that
      const isService =
        blocks.length === 0 &&
        tokens[position - 2]?.[0] === 'service' &&
        /^$|^[{};]$/.test(tokens[position - 3]?.[0] ?? '');
      blocks.push({
        service: isService
          ? [packageName, tokens[position - 1][0]].filter(Boolean).join('.')
          : undefined,
        index,
      });
    } else if (token === '}') {
      if (!blocks.pop()) {
        throw new InputError(`line ${lineOf(index)}: "}" ends nothing`);
      }
    } else if (startsStatement && blocks.length === 0) {
      isProtobuf ||= STATEMENTS.includes(token);
      packageName = token === 'package' ? name : packageName;
    } else if (startsStatement && service && token === 'rpc') {
      if (!PLATFORM_PACKAGE.test(service)) {
        endpoints.push({
          name: `${service}/${name}`,
          // The address of the call has a slash before it; all of its service
          routes: [`${service}/${name}`, `/${service}/${name}`, `${service}/*`],
        });
      }
    }
  }
  const [open] = blocks;
  if (open) {
    throw new InputError(`line ${lineOf(open.index)}: "{" is not ended`);
  }
  if (!isProtobuf) {
    throw new InputError('it is no file in Protocol Buffers');
  }
  return endpoints;
}
