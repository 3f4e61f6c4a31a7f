import { InputError } from '@backstage/errors';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { decodeText } from './decodeText';
import { resolveInside } from './paths';
import { SourceFolder } from './SourceFolder';

/** @internal */
export type NavEntry = string | { title: string; value: string | NavEntry[] };

/** @internal */
export interface MkdocsYaml {
  siteName?: string;
  siteDescription?: string;
  /** Relative to the repository; empty for its top folder. */
  docsDir: string;
  nav?: NavEntry[];
  /** Keys by which MkDocs would run or show what the repository brings. */
  ignored: string[];
}

const MAX_BYTES = 256 * 1024;
const MAX_NAV_DEPTH = 8;

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform(value => value ?? undefined)
  // A value with a tag of Python's or from the environment
  .catch(undefined);

const schema = z.object({
  site_name: text,
  site_description: text,
  docs_dir: z.string().min(1).nullish(),
  nav: z.array(z.unknown()).nullish(),
});

/** What MkDocs would run, or put on every page. */
const IGNORED = ['hooks', 'extra_javascript', 'extra_css', 'INHERIT'];

/** These are what this generator does anyway. */
const KNOWN_PLUGINS = new Set(['techdocs-core', 'search']);

function readIgnored(yaml: unknown): string[] {
  if (yaml === null || typeof yaml !== 'object') {
    return [];
  }
  const { plugins, theme, ...rest } = yaml as Record<string, unknown>;
  const ignored = IGNORED.filter(key => key in rest);
  const names = (Array.isArray(plugins) ? plugins : [plugins ?? {}])
    .flatMap(plugin =>
      typeof plugin === 'string' ? [plugin] : Object.keys(plugin ?? {}),
    )
    .filter(name => !KNOWN_PLUGINS.has(name));
  if (names.length > 0) {
    ignored.push(`plugins (${names.slice(0, 10).join(', ')})`);
  }
  if (theme && typeof theme === 'object' && 'custom_dir' in theme) {
    ignored.push('theme.custom_dir');
  }
  return ignored;
}

function readNav(entries: unknown[], depth: number): NavEntry[] {
  if (depth > MAX_NAV_DEPTH) {
    throw new InputError(
      `mkdocs.yml: nav is nested more than ${MAX_NAV_DEPTH} levels deep`,
    );
  }
  return entries.flatMap((entry): NavEntry[] => {
    if (typeof entry === 'string') {
      return [entry];
    }
    if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) {
      throw new InputError(
        `mkdocs.yml: nav holds ${JSON.stringify(
          entry,
        )}; an entry is a file, "Title: file" or "Title:" with a list`,
      );
    }
    return Object.entries(entry).map(([title, value]) => {
      if (typeof value === 'string') {
        return { title, value };
      }
      if (Array.isArray(value)) {
        return { title, value: readNav(value, depth + 1) };
      }
      throw new InputError(
        `mkdocs.yml: nav entry '${title}' has neither a file nor a list`,
      );
    });
  });
}

/**
 * Reads what this generator understands of a MkDocs configuration. All else
 * (plugins, hooks, themes, extensions) is ignored and never run, and so are tags.
 *
 * @throws InputError when it is malformed or leads out of the repository.
 * @internal
 */
export async function readMkdocsYaml(
  source: SourceFolder,
): Promise<MkdocsYaml | undefined> {
  const file = source.find('mkdocs.yaml') ?? source.find('mkdocs.yml');
  if (!file) {
    return undefined;
  }
  if (file.bytes > MAX_BYTES) {
    throw new InputError(`${file.path} is larger than ${MAX_BYTES} bytes`);
  }
  const content = decodeText(await source.read(file));
  if (content === undefined) {
    throw new InputError(`${file.path} is not UTF-8 text`);
  }

  const document = parseDocument(content, { uniqueKeys: false });
  if (document.errors.length > 0) {
    throw new InputError(
      `${file.path} is not valid YAML: ${document.errors[0].message}`,
    );
  }
  // The number of aliases is what keeps a small file from becoming a huge one
  const yaml: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  const parsed = schema.safeParse(yaml);
  if (!parsed.success) {
    const [{ message, path }] = parsed.error.issues;
    throw new InputError(`${file.path}: ${path.join('.')}: ${message}`);
  }

  const { docs_dir: folder, nav } = parsed.data;
  const docsDir = resolveInside('', folder ?? 'docs');
  if (docsDir === undefined || folder?.startsWith('/')) {
    throw new InputError(
      `${file.path}: docs_dir '${folder}' leads out of the repository`,
    );
  }
  return {
    siteName: parsed.data.site_name,
    siteDescription: parsed.data.site_description,
    docsDir,
    nav: nav ? readNav(nav, 1) : undefined,
    ignored: readIgnored(yaml),
  };
}
