import { LoggerService } from '@backstage/backend-plugin-api';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Article, renderArticle } from '../article/renderArticle';
import { MarkdownGeneratorLimits } from '../MarkdownGeneratorOptions';
import { buildNavigation } from '../page/buildNavigation';
import { renderPage } from '../page/renderPage';
import { STYLESHEET, STYLESHEET_PATH } from '../page/stylesheet';
import { RepositoryLinks } from '../source/repositoryLinks';
import { Site, SitePage } from '../source/Site';
import { SourceFolder } from '../source/SourceFolder';
import { pageTargets } from './pageTargets';
import { searchIndex } from './searchIndex';
import { SiteFiles } from './SiteFiles';

/**
 * Renders every page and writes it with all that it needs.
 *
 * @internal
 */
export async function writeSite(options: {
  limits: MarkdownGeneratorLimits;
  logger: Pick<LoggerService, 'warn'>;
  /** Told before a page is rendered. */
  onPage: (file: string) => void;
  outputDir: string;
  repositoryLinks: RepositoryLinks;
  site: Site;
  source: SourceFolder;
}): Promise<void> {
  const { limits, logger, onPage, outputDir, repositoryLinks, site, source } =
    options;
  const { docsDir } = site;

  const write = async (place: string, content: string | Buffer) => {
    const file = path.join(outputDir, place);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  };

  const files = new SiteFiles({ docsDir, limits, logger, source });
  const pages = new Map<string, SitePage>();
  for (const page of site.pages) {
    if (page.source !== undefined) {
      pages.set(page.source, page);
    }
  }

  const articles = new Map<SitePage, Article>();
  for (const page of site.pages) {
    onPage(page.source ?? page.path);
    const targets = pageTargets({
      docsDir,
      files,
      page,
      pages,
      repositoryLinks,
    });
    articles.set(page, renderArticle({ page, siteName: site.name, targets }));
  }

  const items = buildNavigation({
    onMissing: message => logger.warn(message),
    site,
    titles: new Map(
      [...articles].map(([page, article]) => [page, article.title]),
    ),
  });
  for (const [page, article] of articles) {
    await write(
      `${page.path}index.html`,
      renderPage({ article, items, page, repositoryLinks, site }),
    );
  }

  await write(STYLESHEET_PATH, STYLESHEET);
  await write(
    'search/search_index.json',
    JSON.stringify(searchIndex(articles)),
  );
  for (const [place, file] of files.entries()) {
    await write(place, await source.read(file));
  }
}
