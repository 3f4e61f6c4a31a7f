import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** A way to send a file, and the file sent that way. */
export interface Encoded {
  readonly encoding?: 'br' | 'gzip';
  readonly body: Buffer;
  readonly etag: string;
}

/** One file of the built page. */
export interface PageFile {
  readonly type: string;
  /** Its name changes with its content, so that it may be kept for good. */
  readonly immutable: boolean;
  /** The smallest first, as it is at the end. */
  readonly variants: readonly Encoded[];
}

const typeByExtension: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * The built page, in memory. An address is looked up and never becomes a path, so
 * that nothing else can be read through it.
 */
export class Page {
  readonly #files: ReadonlyMap<string, PageFile>;

  private constructor(files: ReadonlyMap<string, PageFile>) {
    this.#files = files;
  }

  /** @throws Error when there is no built page in the directory */
  static load(directory: string): Page {
    const files = new Map<string, PageFile>();
    for (const entry of existsSync(directory) ? readdirSync(directory, { withFileTypes: true, recursive: true }) : []) {
      const file = join(entry.parentPath, entry.name);
      // Kinds of files that are not known stay inside, such as source maps
      const type = typeByExtension[extname(entry.name)];
      if (!entry.isFile() || type === undefined) {
        continue;
      }
      const address = `/${relative(directory, file).split(sep).join('/')}`;
      files.set(address, { type, immutable: address.startsWith('/assets/'), variants: readVariants(file) });
    }
    if (!files.has('/index.html')) {
      throw new Error(`There is no index.html in ${directory}: build the page first (ci/build)`);
    }
    return new Page(files);
  }

  /** The page itself. */
  get index(): PageFile {
    return this.#files.get('/index.html')!;
  }

  /** What lies at an address, if anything does. */
  file(address: string): PageFile | undefined {
    return this.#files.get(address);
  }
}

function readVariants(file: string): Encoded[] {
  const plain = readFileSync(file);
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return [
    ...encodings
      .filter(([, extension]) => existsSync(`${file}${extension}`))
      .map(([encoding, extension]) => ({ encoding, body: readFileSync(`${file}${extension}`), etag: `"${hash}-${encoding}"` }))
      .filter(({ body }) => body.length < plain.length),
    { body: plain, etag: `"${hash}"` },
  ];
}
