import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { MarkdownGeneratorLimits } from '../MarkdownGeneratorOptions';
import {
  isAddress,
  isInside,
  isMarkdown,
  resolveInside,
  titleOf,
} from './paths';
import { NavEntry, readMkdocsYaml } from './readMkdocsYaml';
import { readPage } from './readPage';
import { Site, SitePage } from './Site';
import { SourceFile, SourceFolder } from './SourceFolder';

const INDEX = /^(?:index|readme)$/i;

/** The address of the page that a Markdown file becomes. */
function pagePath(file: string, docsDir: string): string {
  const inside = docsDir === '' ? file : file.slice(docsDir.length + 1);
  const parts = inside.replace(/\.[^.]*$/, '').split('/');
  if (INDEX.test(parts[parts.length - 1])) {
    parts.pop();
  }
  return parts.map(part => `${part}/`).join('');
}

/** index.md comes before README.md, and both before a page of the folder's name. */
function rank(file: string): number {
  const name = file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  if (name.toLowerCase() === 'index') {
    return 0;
  }
  return INDEX.test(name) ? 1 : 2;
}

function checkNav(entries: NavEntry[], docsDir: string): void {
  for (const entry of entries) {
    const value = typeof entry === 'string' ? entry : entry.value;
    if (typeof value !== 'string') {
      checkNav(value, docsDir);
      continue;
    }
    if (isAddress(value)) {
      continue;
    }
    const target = resolveInside(docsDir, value);
    if (target === undefined || !isInside(docsDir, target)) {
      throw new InputError(
        `mkdocs.yml: nav entry '${value}' leads out of the folder '${docsDir}'`,
      );
    }
  }
}

/** The first page of a site that has none: a list of the others. */
function contents(name: string, files: Iterable<SourceFile>): SitePage {
  const links = [...files].map(
    ({ path }) => `- [${titleOf(path)}](</${encodeURI(path)}>)`,
  );
  return {
    path: '',
    content: { kind: 'markdown', title: name, text: links.join('\n') },
  };
}

/**
 * Reads the Markdown files of a repository and decides where each goes. Without a
 * mkdocs.yml the site is the folder `docs`; without an index page in it, README.md
 * is the first page.
 *
 * @throws InputError when there is nothing to read, or too much.
 * @internal
 */
export async function readSite(options: {
  defaultName: string;
  limits: MarkdownGeneratorLimits;
  logger: Pick<LoggerService, 'warn'>;
  source: SourceFolder;
  /** Files that are known not to be pages, with the reason. */
  unreadable: Record<string, string>;
}): Promise<Site> {
  const { defaultName, limits, logger, source, unreadable } = options;
  const mkdocs = await readMkdocsYaml(source);
  if (mkdocs && mkdocs.ignored.length > 0) {
    logger.warn(
      `mkdocs.yml: ${mkdocs.ignored.join(
        ', ',
      )}: ignored, since nothing that a repository brings is run`,
    );
  }
  const docsDir = mkdocs?.docsDir ?? 'docs';
  const name = mkdocs?.siteName ?? defaultName;
  if (mkdocs?.nav) {
    checkNav(mkdocs.nav, docsDir);
  }

  const find = (path: string): SourceFile | undefined => {
    try {
      return source.find(path);
    } catch (error) {
      logger.warn(isError(error) ? error.message : String(error));
      return undefined;
    }
  };

  const files = new Map<string, SourceFile>();
  const listed = (await source.list(docsDir)).filter(isMarkdown);
  for (const path of listed.sort((a, b) => rank(a) - rank(b))) {
    const file = find(path);
    const place = pagePath(path, docsDir);
    const other = files.get(place);
    if (other) {
      logger.warn(`${path} is left out: ${other.path} has its address`);
    } else if (file) {
      files.set(place, file);
    }
  }
  if (!files.has('')) {
    const readme = find('README.md') ?? find('readme.md');
    if (readme) {
      files.set('', readme);
    }
  }
  if (files.size === 0) {
    throw new InputError(
      `There is no documentation: neither Markdown files in the folder '${docsDir}' nor a README.md`,
    );
  }
  if (files.size > limits.maxPages) {
    throw new InputError(
      `There are ${files.size} pages; techdocs.generator.markdown.limits.maxPages allows ${limits.maxPages}`,
    );
  }

  const pages: SitePage[] = files.has('')
    ? []
    : [contents(name, files.values())];
  for (const path of [...files.keys()].sort()) {
    const file = files.get(path)!;
    const page = readPage({
      file,
      limits,
      path,
      problem: unreadable[file.path],
      source,
    });
    if (page.content.kind === 'problem') {
      logger.warn(page.content.message);
    }
    pages.push(page);
  }
  return {
    name,
    description: mkdocs?.siteDescription,
    docsDir,
    pages,
    nav: mkdocs?.nav,
  };
}
