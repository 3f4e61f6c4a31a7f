import { JsonValue } from '@backstage/types';
import { Source } from '@waymark/backend-support';
import { FoundFile, RepositoryFiles } from './files/RepositoryFiles';
import { readProvenance } from './files/readProvenance';
import { spdxOf } from './files/spdxOf';
import { isRunbook } from './readme/isRunbook';
import { readHeadings } from './readme/readHeadings';

/** A fact is small: see the limits of the engine. */
const MAX_HEADINGS = 100;
const MAX_HEADING_LENGTH = 100;
const MAX_BYTES = 12_000;

/** Those whose headings can be read come first. */
const MARKDOWN = /\.(?:md|markdown|mdx)$|^[^.]*$/i;

/**
 * What the files of a folder say.
 *
 * @internal
 */
export function factsOf(source: Source, files: RepositoryFiles) {
  const { root, folder } = source;
  const readmes = files.find(folder, 'readme');
  const readme =
    readmes.find(({ path }) => MARKDOWN.test(nameOf(path))) ?? readmes[0];
  const headings =
    readme && MARKDOWN.test(nameOf(readme.path))
      ? readHeadings(readme.text ?? '')
      : [];
  const [dockerfile] = files.find(folder, 'dockerfile');
  const workflows = files.find(folder, 'workflow');
  const [codeowners] = files.find(folder, 'codeowners');
  const licenses = files.find(folder, 'license');
  const [license] = licenses;
  const [provenance] = files.find(folder, 'provenance');
  const { template, version } = readProvenance(provenance?.text);

  const facts: { name: string; value: JsonValue; source: string }[] = [];
  const say = (
    file: FoundFile | undefined,
    values: Record<string, JsonValue>,
  ) =>
    facts.push(
      ...Object.entries(values).map(([name, value]) => ({
        name: `repository.${name}`,
        value,
        source: addressOf(root, file?.path ?? folder),
      })),
    );
  say(readme, {
    'readme.present': readme !== undefined,
    'readme.headings': listOf(headings.map(({ text }) => text)),
    'readme.runbook': headings.some(isRunbook),
  });
  say(dockerfile, { 'dockerfile.present': dockerfile !== undefined });
  say(workflows.length === 1 ? workflows[0] : undefined, {
    'ci.present': workflows.length > 0,
    'ci.workflows': listOf(workflows.map(({ path }) => path)),
  });
  say(codeowners, { 'codeowners.present': codeowners !== undefined });
  say(license, {
    'license.present': license !== undefined,
    'license.spdx': license ? spdxOf(license.text) : '',
  });
  say(provenance, {
    'goldenPath.template': template,
    'goldenPath.version': version,
  });
  return facts;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function addressOf(root: string, path: string): string {
  return `${root}${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** As much as a fact holds. */
function listOf(texts: string[]): string[] {
  const list: string[] = [];
  let bytes = 0;
  for (const text of texts.slice(0, MAX_HEADINGS)) {
    const item = text.slice(0, MAX_HEADING_LENGTH);
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (bytes > MAX_BYTES) {
      break;
    }
    list.push(item);
  }
  return list;
}
