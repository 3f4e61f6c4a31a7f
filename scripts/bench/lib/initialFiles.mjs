import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * What the page of a built frontend asks for before anything can be shown.
 *
 * @param {string} folder of the build
 * @returns {{ raw: number, gzip: number, sources: string[] }} bytes, and the files
 *   of which the scripts were made
 */
export function initialFiles(folder) {
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const files = [
    ...page.matchAll(/(?:src|href)="\/(static\/[^"]+\.(?:js|css))"/g),
  ].map(([, file]) => path.join(folder, file));
  const contents = files.map(file => readFileSync(file));
  return {
    raw: contents.reduce((sum, content) => sum + content.length, 0),
    gzip: contents.reduce((sum, content) => sum + gzipSync(content).length, 0),
    sources: files
      .map(file => `${file}.map`)
      .filter(existsSync)
      .flatMap(file => JSON.parse(readFileSync(file, 'utf8')).sources),
  };
}
