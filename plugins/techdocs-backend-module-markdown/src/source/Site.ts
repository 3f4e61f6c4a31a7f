import { NavEntry } from './readMkdocsYaml';

/** @internal */
export interface SitePage {
  /** Path of its file in the repository; undefined for a page that was made up. */
  source?: string;
  /** Its address in the site: empty for the first page, else ending with a slash. */
  path: string;
  content:
    | { kind: 'markdown'; text: string; title?: string }
    /** Why the page cannot be shown. */
    | { kind: 'problem'; message: string };
}

/** @internal */
export interface Site {
  name: string;
  description?: string;
  docsDir: string;
  pages: SitePage[];
  /** As mkdocs.yml has it; undefined when the pages are listed by their folders. */
  nav?: NavEntry[];
}
