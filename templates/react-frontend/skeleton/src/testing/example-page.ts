import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Page } from '../page.ts';

/** Text that is worth compressing. */
export const script = 'console.log("seat maps");\n'.repeat(50);

const files: Record<string, string | Buffer> = {
  'index.html': '<!doctype html><title>seat-maps</title>',
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/index-B7x2.js': script,
  'assets/index-B7x2.js.br': brotliCompressSync(script),
  'assets/index-B7x2.js.gz': gzipSync(script),
  'assets/index-B7x2.js.map': '{}',
};

/** A small page as Vite builds it. */
export function examplePage(): Page {
  const directory = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = join(directory, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return Page.load(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
