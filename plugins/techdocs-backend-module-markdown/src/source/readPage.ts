import { parseDocument } from 'yaml';
import { MarkdownGeneratorLimits } from '../MarkdownGeneratorOptions';
import { decodeText } from './decodeText';
import { SitePage } from './Site';
import { SourceFile, SourceFolder } from './SourceFolder';

const FRONT_MATTER =
  /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** The title that a page gives itself in front of its text. */
function readTitle(frontMatter: string): string | undefined {
  const document = parseDocument(frontMatter, { uniqueKeys: false });
  if (document.errors.length > 0) {
    return undefined;
  }
  const title = document.get?.('title');
  return typeof title === 'string' && title !== '' ? title : undefined;
}

/**
 * Reads a Markdown file. One that is too large or no text is a page that says so.
 *
 * @internal
 */
export function readPage(options: {
  file: SourceFile;
  limits: MarkdownGeneratorLimits;
  path: string;
  /** Why it is known not to be one. */
  problem?: string;
  source: SourceFolder;
}): SitePage {
  const { file, limits, path, problem, source } = options;
  const page = { source: file.path, path };
  if (problem !== undefined) {
    return { ...page, content: { kind: 'problem', message: problem } };
  }
  if (file.bytes > limits.maxPageBytes) {
    return {
      ...page,
      content: {
        kind: 'problem',
        message: `${file.path} has ${file.bytes} bytes; a page may have ${limits.maxPageBytes}.`,
      },
    };
  }
  const text = decodeText(source.readAtOnce(file));
  if (text === undefined) {
    return {
      ...page,
      content: {
        kind: 'problem',
        message: `${file.path} is not UTF-8 text. Save it in that encoding.`,
      },
    };
  }
  const [whole, frontMatter] = text.match(FRONT_MATTER) ?? [''];
  return {
    ...page,
    content: {
      kind: 'markdown',
      text: text.slice(whole.length),
      title: frontMatter === undefined ? undefined : readTitle(frontMatter),
    },
  };
}
