import { LoggerService } from '@backstage/backend-plugin-api';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ArticleCache } from '../article/ArticleCache';
import { Article } from '../article/renderArticle';
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

/** Of this thread: the next build may be that of the same site. */
const articleCache = new ArticleCache();

/**
 * Renders every page and writes it with all that it needs. Files are written at
 * once: nobody else waits for this thread, and each wait would be a turn of its own
 * on a machine that has much to do.
 *
 * @internal
 */
export function writeSite(options: {
  limits: MarkdownGeneratorLimits;
  logger: Pick<LoggerService, 'warn'>;
  /** Told what is done next: most often a page. */
  onPage: (file: string) => void;
  outputDir: string;
  repositoryLinks: RepositoryLinks;
  site: Site;
  source: SourceFolder;
}): void {
  const { limits, logger, onPage, outputDir, repositoryLinks, site, source } =
    options;
  const { docsDir } = site;

  const write = (place: string, content: string | Buffer) => {
    const file = path.join(outputDir, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
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
    articles.set(
      page,
      articleCache.render({ page, siteName: site.name, targets }),
    );
  }

  const items = buildNavigation({
    onMissing: message => logger.warn(message),
    site,
    titles: new Map(
      [...articles].map(([page, article]) => [page, article.title]),
    ),
  });
  for (const [page, article] of articles) {
    // In a large site these take their time, too, and none of it is a page's fault
    onPage('The list of pages');
    write(
      `${page.path}index.html`,
      renderPage({ article, items, page, repositoryLinks, site }),
    );
  }

  write(STYLESHEET_PATH, STYLESHEET);
  write('search/search_index.json', JSON.stringify(searchIndex(articles)));
  for (const [place, file] of files.entries()) {
    write(place, source.readAtOnce(file));
  }
}
