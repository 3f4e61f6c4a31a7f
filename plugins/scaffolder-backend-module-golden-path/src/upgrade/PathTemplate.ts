import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { templateBaseUrl } from '../render/templateBaseUrl';
import { UpgradeError } from './UpgradeError';

/** What a step before the push may do without writing files of its own. */
const HARMLESS = [
  'golden-path:check',
  'debug:log',
  'debug:wait',
  'catalog:fetch',
];

const stepSchema = z.object({
  id: z.string().optional(),
  action: z.string(),
  if: z.unknown().optional(),
  each: z.unknown().optional(),
  input: z.record(z.string(), z.json()).default({}),
});

const specSchema = z.object({
  parameters: z
    .union([
      z.record(z.string(), z.json()),
      z.array(z.record(z.string(), z.json())),
    ])
    .default([]),
  steps: z.array(stepSchema),
});

/**
 * A golden path, as far as an upgrade follows it: its form, and its steps up to the
 * push.
 *
 * @internal
 */
export interface PathTemplate {
  ref: string;
  title: string;
  baseUrl: string | undefined;
  /** The pages of its form, as JSON schemas. */
  pages: JsonObject[];
  /** Inputs of its checks by the ids of their steps, not filled in. */
  checks: Record<string, JsonObject>;
  /** Input of `golden-path:render`, not filled in. */
  render: JsonObject;
  /** Input of `golden-path:publish`, not filled in. */
  publish: JsonObject;
}

/**
 * @throws UpgradeError when what it generates cannot be told without running it
 * @internal
 */
export function readPathTemplate(entity: Entity): PathTemplate {
  const ref = stringifyEntityRef(entity);
  const refuse = (why: string) =>
    new UpgradeError(
      'not-upgradable',
      `${ref} cannot be rendered for an upgrade: ${why}`,
    );
  const parsed = specSchema.safeParse(entity.spec);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`spec.${issue.path.join('.')}: ${issue.message}`);
  }
  const { steps, parameters } = parsed.data;
  const end = steps.findIndex(({ action }) => action === 'golden-path:publish');
  const renders = steps.filter(({ action }) => action === 'golden-path:render');
  if (end < 0 || renders.length !== 1 || steps.indexOf(renders[0]) > end) {
    throw refuse(
      'it has to have one step golden-path:render and after it golden-path:publish',
    );
  }
  const [render] = renders;
  const before = steps.slice(0, end);
  const other = before.find(
    step => step !== render && !HARMLESS.includes(step.action),
  );
  if (other) {
    throw refuse(
      `its step '${other.id ?? other.action}' (${
        other.action
      }) may write files that golden-path:render does not, and an upgrade would delete them`,
    );
  }
  const conditional = [...before, steps[end]].find(
    step =>
      ['golden-path:check', render.action, 'golden-path:publish'].includes(
        step.action,
      ) &&
      (step.if !== undefined || step.each !== undefined),
  );
  if (conditional) {
    throw refuse(
      `its step '${
        conditional.id ?? conditional.action
      }' runs only under a condition, or several times`,
    );
  }
  return {
    ref,
    title: entity.metadata.title ?? entity.metadata.name,
    baseUrl: templateBaseUrl(entity),
    pages: [parameters].flat() as JsonObject[],
    checks: Object.fromEntries(
      before
        .filter(({ action }) => action === 'golden-path:check')
        .map((step, index) => [
          step.id ?? `step-${index + 1}`,
          step.input as JsonObject,
        ]),
    ),
    render: render.input as JsonObject,
    publish: steps[end].input as JsonObject,
  };
}
