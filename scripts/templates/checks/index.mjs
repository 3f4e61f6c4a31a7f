import { belongsTo } from '../lib/parts.mjs';
import { catalogChecks } from './catalog.mjs';
import { containerChecks } from './container.mjs';
import { contractChecks } from './contract.mjs';
import { kubernetesChecks } from './kubernetes.mjs';
import { leftoverChecks } from './leftovers.mjs';
import { markdownChecks } from './markdown.mjs';
import { observabilityChecks } from './observability.mjs';
import { pipelineChecks } from './pipeline.mjs';
import { workloadChecks } from './workload.mjs';

/**
 * What the files of a generated repository are held to. Each check finds
 * problems in files alone, so that it can be tried on files that are broken.
 *
 * @type {{
 *   name: string,
 *   part?: string,
 *   needs?: string[],
 *   when?: (context: object) => boolean,
 *   find: (context: object) => string[] | Promise<string[]>,
 * }[]}
 */
export const fileChecks = [
  ...leftoverChecks,
  ...catalogChecks,
  ...contractChecks,
  ...pipelineChecks,
  ...containerChecks,
  ...kubernetesChecks,
  ...workloadChecks,
  ...observabilityChecks,
  ...markdownChecks,
];

/**
 * Holds the files of one repository to all that applies to it.
 *
 * @param {object} options
 * @param {object} options.path a description from paths/
 * @param {object} options.answers what the form was filled in with
 * @param {import('../lib/files.mjs').Files} options.files
 * @param {Map<string, Set<string>>} [options.exported] metrics of the service,
 * and their labels, where it has been asked
 * @param {boolean} [options.provenance] whether the files say where they come from
 */
export async function findProblems(options) {
  const leftOut = (options.answers.values.leftOut ?? []).map(
    ({ part }) => part,
  );
  const parts = new Set(
    options.path.parts.filter(part => !leftOut.includes(part)),
  );
  const { path, provenance = true } = options;
  const counts = {};
  const context = {
    ...options,
    parts,
    promised: path.promised.filter(
      file =>
        !belongsTo(file, leftOut) &&
        // A run without effects does not say where the files come from
        (provenance || !file.startsWith('.waymark/')),
    ),
    absent: path.promised.filter(file => belongsTo(file, leftOut)),
    count(key, number) {
      counts[key] = (counts[key] ?? 0) + number;
    },
  };
  const results = [];
  for (const check of fileChecks) {
    const needed = [
      ...(check.part ? [check.part] : []),
      ...(check.needs ?? []),
    ];
    if (
      needed.some(part => !parts.has(part)) ||
      (check.when && !check.when(context))
    ) {
      continue;
    }
    let problems;
    try {
      problems = await check.find(context);
    } catch (error) {
      // What cannot be read has not been shown to hold
      problems = [error.message];
    }
    results.push({ name: check.name, problems });
  }
  return { results, counts };
}
