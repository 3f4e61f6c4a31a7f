import { JsonObject } from '@backstage/types';
import { ScorecardEntityV1alpha1 } from '@waymark/plugin-scorecards-common';
import { validateScorecard } from '@waymark/plugin-scorecards-node';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { InvalidScorecardError } from './InvalidScorecardError';
import { YamlLines } from './YamlLines';

/**
 * The scorecard that somebody wrote.
 *
 * @param written - the entity, or the YAML of its file
 * @internal
 * @throws InvalidScorecardError with all that is wrong
 */
export function readScorecard(
  written: string | JsonObject,
): ScorecardEntityV1alpha1 {
  const lines = new YamlLines();
  const entity =
    typeof written === 'string' ? readYaml(written, lines) : written;
  const issues = validateScorecard(entity);
  if (issues.length > 0) {
    throw new InvalidScorecardError(
      issues.map(issue => ({ ...issue, line: lines.lineOf(issue.path) })),
    );
  }
  return entity as ScorecardEntityV1alpha1;
}

/**
 * A parser whose time is linear, and whose depth has a limit. Aliases are
 * references: what they make of a short text is counted by the validation.
 */
function readYaml(text: string, lines: YamlLines): unknown {
  try {
    // As the catalog reads it: dates stay texts
    return load(text, { listener: lines.listener, schema: CORE_SCHEMA });
  } catch (error) {
    if (error instanceof YAMLException) {
      throw new InvalidScorecardError([
        {
          path: '',
          reason: `is not YAML of one document: ${error.reason}`,
          line: error.mark && error.mark.line + 1,
        },
      ]);
    }
    throw error;
  }
}
