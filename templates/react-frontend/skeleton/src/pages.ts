import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Page, PageFile } from './page.ts';

/**
 * Serves the page at `/`, its files, and the page again at every address that the
 * page itself may know. An address that looks like a file or belongs to the
 * service is not one of them: a browser must not take the page for a script.
 */
export async function pages(app: FastifyInstance, options: { page: Page }): Promise<void> {
  const { page } = options;

  app.get('/', async (request, reply) => send(request, reply, page.index));

  app.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
    const address = `/${request.params['*']}`;
    const file = page.file(address) ?? (isAddressOfPage(request, address) ? page.index : undefined);
    return file === undefined ? reply.callNotFound() : send(request, reply, file);
  });
}

function isAddressOfPage(request: FastifyRequest, address: string): boolean {
  const wantsPage = (request.headers.accept ?? '*/*').split(',').some(type => /^\s*(text\/html|text\/\*|\*\/\*)\s*(;|$)/.test(type));
  return wantsPage && !/^\/(assets|v\d+)(\/|$)|\.[^/]*$/.test(address);
}

async function send(request: FastifyRequest, reply: FastifyReply, file: PageFile): Promise<FastifyReply> {
  const accepted = acceptedEncodings(request.headers['accept-encoding']);
  const { encoding, body, etag } = file.variants.find(variant => variant.encoding === undefined || accepted.has(variant.encoding))!;
  reply.headers({
    // The page names its files by their content, so it alone has to be asked for again
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
    vary: 'accept-encoding',
  });
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
    return reply.code(304).send();
  }
  if (encoding !== undefined) {
    reply.header('content-encoding', encoding);
  }
  return reply.type(file.type).send(body);
}

/** Names of the encodings in an Accept-Encoding header that are not refused with `q=0`. */
function acceptedEncodings(header: string | string[] | undefined): Set<string> {
  return new Set(
    String(header ?? '')
      .toLowerCase()
      .split(',')
      .filter(part => !/;\s*q=0(\.0*)?\s*$/.test(part))
      .map(part => part.split(';', 1)[0]!.trim()),
  );
}
