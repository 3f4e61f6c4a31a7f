import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { JsonObject, JsonValue } from '@backstage/types';
import { InputError } from '@backstage/errors';
import { stringify } from 'yaml';
import { ListedFile } from '../files/listFiles';
import { LeftOut } from '../render/leftOut';

/**
 * Where the provenance of a generated repository is kept.
 *
 * @public
 */
export const PROVENANCE_PATH = '.waymark/golden-path.yaml';

/**
 * The branch that keeps exactly what was generated.
 *
 * @public
 */
export const TEMPLATE_BRANCH = 'waymark-template';

const HEADER = `# How this repository came to be. Waymark reads it to tell what has changed
# since and to bring a newer version of the template as a merge.
`;

/**
 * Owners declare deviations before the files or at the end. Lines that never change
 * stand between those and what every version changes: Git merges only what does not
 * touch.
 */
const BEFORE_FILES = `# Deviations that are meant, each with a reason, and what was generated
`;
const FOOTER = `# Up to here Waymark writes it
`;

/**
 * The provenance of a generated repository.
 *
 * @public
 */
export interface Provenance {
  /** Entity reference of the template. */
  template: string;
  /** Digest of the template and its layers. */
  version: string;
  /** What the author of the template calls that version. */
  pathVersion?: string;
  layers: { name: string; version: string }[];
  /** The scaffolder task that generated it. */
  run: string;
  /** The commit that holds exactly what was generated. */
  commit: string;
  /** What was filled into the form. */
  answers: JsonObject;
  /**
   * What the service does otherwise on purpose: at first the parts that were left
   * out. Those who work on it add paths.
   */
  deviations?: (LeftOut | { path: string; reason: string })[];
  /** SHA-256 of each generated file. */
  files: Record<string, string>;
}

/** @internal */
export function renderProvenance(provenance: Provenance): Buffer {
  const { template, version, pathVersion, layers } = provenance;
  const { run, commit, answers, deviations = [], files } = provenance;
  const head = {
    apiVersion: 'waymark.dev/v1alpha1',
    kind: 'GoldenPathProvenance',
    template,
    version,
    ...(pathVersion !== undefined && { pathVersion }),
    layers,
    run,
    commit,
    answers,
  };
  return Buffer.from(
    [
      HEADER,
      toYaml(head),
      BEFORE_FILES,
      ...(deviations.length > 0 ? [toYaml({ deviations })] : []),
      toYaml({ files }),
      FOOTER,
    ].join(''),
  );
}

function toYaml(value: object): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** @internal */
export async function hashFiles(
  files: ListedFile[],
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const { path, absolutePath } of files) {
    hashes[path] = `sha256:${createHash('sha256')
      .update(await readFile(absolutePath))
      .digest('hex')}`;
  }
  return hashes;
}

/** Shorter ones would be found by chance. */
const MIN_SECRET_LENGTH = 6;

/**
 * @throws InputError when an answer holds a secret of the task
 * @internal
 */
export function assertNoSecrets(
  answers: JsonObject,
  secrets: Record<string, string> | undefined,
): void {
  const values = Object.values(secrets ?? {}).filter(
    value => typeof value === 'string' && value.length >= MIN_SECRET_LENGTH,
  );

  function visit(value: JsonValue | undefined, path: string): void {
    if (typeof value === 'string') {
      if (values.some(secret => value.includes(secret))) {
        throw new InputError(
          `${path}: holds a secret, and answers are written into the repository`,
        );
      }
    } else if (value !== null && typeof value === 'object') {
      for (const [key, child] of Object.entries(value)) {
        visit(child, `${path}.${key}`);
      }
    }
  }
  visit(answers, 'answers');
}
