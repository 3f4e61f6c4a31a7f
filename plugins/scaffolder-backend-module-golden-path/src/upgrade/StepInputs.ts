import { parseEntityRef } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { parseRepoUrl } from '@backstage/plugin-scaffolder-node';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  createTemplateRenderer,
  TemplateRenderer,
  TemplateValue,
} from 'nunjitsu';
import { UpgradeError } from './UpgradeError';

/** What a run knows and an upgrade does not: who started it, its secrets, itself. */
const OF_A_RUN = ['secrets', 'user', 'context', 'each', 'environment'];

/**
 * Fills in the inputs of a template's steps outside of a run, with the engine and
 * the filters that the scaffolder itself fills them in with.
 *
 * @internal
 */
export class StepInputs {
  readonly #renderer: TemplateRenderer;

  constructor(options: { integrations: ScmIntegrations }) {
    const { integrations } = options;
    this.#renderer = createTemplateRenderer({
      allowRegexExecution: true,
      // The scaffolder's own; those that others add are not known here, and a
      // template that uses one is refused
      filters: {
        parseEntityRef: (ref, context) => ({
          ...parseEntityRef(
            ref as string,
            context as { defaultKind?: string; defaultNamespace?: string },
          ),
        }),
        pick: (value, key) =>
          String(key)
            .split('.')
            .reduce<TemplateValue | undefined>(
              (found, part) =>
                (found as Record<string, TemplateValue> | undefined)?.[part],
              value,
            ),
        parseRepoUrl: url =>
          withoutAbsent(parseRepoUrl(url as string, integrations)),
        projectSlug: url => {
          const { owner, repo } = parseRepoUrl(url as string, integrations);
          return `${owner}/${repo}`;
        },
      },
    });
  }

  /**
   * @throws UpgradeError naming the input, when it needs what only a run has
   */
  fill(options: {
    input: JsonValue;
    /** For messages, such as `step render: input`. */
    label: string;
    parameters: JsonObject;
    /** The outputs of the steps that are known. */
    steps: Record<string, { output: JsonObject }>;
  }): JsonValue | undefined {
    const { input, label, parameters, steps } = options;
    const context = this.#renderer.prepareContext({
      parameters: parameters as TemplateValue,
      steps: withoutAbsent(steps),
    });

    const visit = (
      value: JsonValue | undefined,
      path: string,
    ): JsonValue | undefined => {
      if (typeof value === 'string') {
        assertKnown({ text: value, path, steps });
        try {
          return this.#renderer.renderValue(value, context) as JsonValue;
        } catch (error) {
          throw new UpgradeError(
            'not-upgradable',
            `${path} of the template cannot be filled in for an upgrade: ${
              error instanceof Error ? error.message : error
            }`,
          );
        }
      }
      if (Array.isArray(value)) {
        return value.map(
          (item, index) => visit(item, `${path}[${index}]`) ?? null,
        );
      }
      if (value !== null && typeof value === 'object') {
        return Object.fromEntries(
          Object.entries(value).flatMap(([key, item]) => {
            const filled = visit(item, `${path}.${key}`);
            return filled === undefined ? [] : [[key, filled]];
          }),
        );
      }
      return value;
    };
    return visit(input, label);
  }
}

/** An unknown name would silently become nothing, and so would what is generated. */
function assertKnown(options: {
  text: string;
  path: string;
  steps: Record<string, unknown>;
}): void {
  const { text, path, steps } = options;
  for (const [, expression] of text.matchAll(/(?:\$\{\{|\{%)([^]*?)[}%]\}/g)) {
    // Words within quotes are texts
    const code = expression.replace(/'[^']*'|"[^"]*"/g, quoted =>
      /^['"][A-Za-z0-9_-]+['"]$/.test(quoted) ? quoted : "''",
    );
    const [, root] =
      new RegExp(`(?<![\\w.'"])(${OF_A_RUN.join('|')})\\b(?!['"])`).exec(
        code,
      ) ?? [];
    if (root) {
      throw new UpgradeError(
        'not-upgradable',
        `${path} of the template uses ${root}, which only a run has that makes a service; write what it needs into the form`,
      );
    }
    for (const [, dotted, quoted] of code.matchAll(
      /(?<![\w.])steps\s*(?:\.\s*([A-Za-z0-9_-]+)|\[\s*['"]([^'"]+)['"])/g,
    )) {
      const step = dotted ?? quoted;
      if (!Object.hasOwn(steps, step)) {
        throw new UpgradeError(
          'not-upgradable',
          `${path} of the template uses the output of the step '${step}', which an upgrade does not run; only those of golden-path:check are known to it`,
        );
      }
    }
  }
}

/** A value that is absent is no value for the engine. */
function withoutAbsent(value: object): TemplateValue {
  return JSON.parse(JSON.stringify(value));
}
