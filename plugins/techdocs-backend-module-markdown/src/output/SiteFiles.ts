import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { posix } from 'node:path';
import { MarkdownGeneratorLimits } from '../MarkdownGeneratorOptions';
import { decodeText } from '../source/decodeText';
import { isInside } from '../source/paths';
import { SourceFile, SourceFolder } from '../source/SourceFolder';
import { isInertSvg } from './isInertSvg';

const PICTURES = new Set(['gif', 'jpeg', 'jpg', 'png', 'svg', 'webp']);
const ATTACHMENTS = new Set(['csv', 'json', 'pdf', 'txt', 'yaml', 'yml']);

/** Where pictures go that are outside the folder of the documentation. */
const ELSEWHERE = '_repository';

function extensionOf(path: string): string {
  return posix.extname(path).slice(1).toLowerCase();
}

/** @internal */
export function isPicture(path: string): boolean {
  return PICTURES.has(extensionOf(path));
}

/**
 * The files that pages show or offer, and their places in the site. Nothing is
 * published only because it lies in the repository.
 *
 * @internal
 */
export class SiteFiles {
  /** Source by place in the site. */
  private readonly places = new Map<string, SourceFile>();
  private readonly warned = new Set<string>();

  constructor(
    private readonly options: {
      docsDir: string;
      limits: MarkdownGeneratorLimits;
      logger: Pick<LoggerService, 'warn'>;
      source: SourceFolder;
    },
  ) {}

  /** Says once why something is left out. */
  warn(message: string): void {
    if (!this.warned.has(message)) {
      this.warned.add(message);
      this.options.logger.warn(message);
    }
  }

  /** Finds a file; what leads out of the repository is not there. */
  find(path: string): SourceFile | undefined {
    try {
      return this.options.source.find(path);
    } catch (error) {
      this.warn(isError(error) ? error.message : String(error));
      return undefined;
    }
  }

  /** Takes a file into the site; undefined when it cannot be. */
  add(file: SourceFile): string | undefined {
    const { docsDir, limits } = this.options;
    const inside = isInside(docsDir, file.path);
    const extension = extensionOf(file.path);
    if (!PICTURES.has(extension) && !(inside && ATTACHMENTS.has(extension))) {
      return undefined;
    }
    if (file.bytes > limits.maxFileBytes) {
      this.warn(
        `${file.path} is left out: it has ${file.bytes} bytes, a file may have ${limits.maxFileBytes}`,
      );
      return undefined;
    }
    const below =
      docsDir === '' ? file.path : file.path.slice(docsDir.length + 1);
    const place = inside ? below : `${ELSEWHERE}/${file.path}`;
    const other = this.places.get(place);
    if (other && other.path !== file.path) {
      this.warn(`${file.path} is left out: ${other.path} has its address`);
      return undefined;
    }
    if (!other && extension === 'svg' && !this.isInert(file)) {
      this.warn(
        `${file.path} is left out: it is an SVG that does more than draw`,
      );
      return undefined;
    }
    this.places.set(place, file);
    return place;
  }

  private isInert(file: SourceFile): boolean {
    const text = decodeText(this.options.source.readAtOnce(file));
    return text !== undefined && isInertSvg(text);
  }

  entries(): Array<[place: string, file: SourceFile]> {
    return [...this.places].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
