import { z } from 'zod';

/** Numbers of GitHub are larger than 32 bits, and never larger than this. */
const id = z.number().int().positive();
const time = z.iso.datetime({ offset: true });

const repository = z.object({
  html_url: z.url({ protocol: /^https?$/ }).max(512),
  full_name: z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/),
  default_branch: z.string().max(255).optional(),
});

/** @internal */
export type GithubRepository = z.infer<typeof repository>;

/**
 * A state of a deployment, as in webhooks and in the REST API.
 *
 * @internal
 */
export const deploymentStatusSchema = z.object({
  id,
  state: z.string(),
  created_at: time,
  description: z.string().nullish(),
  environment_url: z.string().nullish(),
  log_url: z.string().nullish(),
  target_url: z.string().nullish(),
});

/** @internal */
export const deploymentSchema = z.object({
  id,
  sha: z.string().min(1).max(255),
  task: z.string().nullish(),
  environment: z.string().min(1),
});

/**
 * What is read of payloads, by the name of the event. GitHub adds fields at any
 * time; they are passed over.
 *
 * @internal
 */
export const payloadSchemas = {
  deployment_status: z.object({
    deployment_status: deploymentStatusSchema,
    deployment: deploymentSchema,
    repository,
  }),
  workflow_run: z.object({
    action: z.string(),
    workflow_run: z.object({
      id,
      run_attempt: z.number().int().positive().default(1),
      name: z.string().nullish(),
      path: z.string().nullish(),
      html_url: z.string(),
      head_sha: z.string().max(255),
      head_branch: z.string().nullish(),
      event: z.string().nullish(),
      conclusion: z.string().nullish(),
      created_at: time,
      run_started_at: time.nullish(),
      updated_at: time,
    }),
    repository,
  }),
  pull_request: z.object({
    action: z.string(),
    pull_request: z.object({
      id,
      number: id,
      title: z.string().nullish(),
      html_url: z.string(),
      created_at: time,
      closed_at: time.nullish(),
      merged_at: time.nullish(),
      merge_commit_sha: z.string().max(255).nullish(),
      base: z.object({ ref: z.string().max(255) }),
      head: z.object({ sha: z.string().max(255) }),
    }),
    repository,
  }),
  issues: z.object({
    action: z.string(),
    issue: z.object({
      id,
      number: id,
      title: z.string(),
      body: z.string().nullish(),
      html_url: z.string(),
      created_at: time,
      closed_at: time.nullish(),
      state_reason: z.string().nullish(),
      user: z.object({ login: z.string().min(1).max(255) }).nullish(),
      labels: z
        .array(z.object({ name: z.string() }))
        .max(200)
        .nullish(),
      pull_request: z.unknown().optional(),
    }),
    label: z.object({ name: z.string() }).nullish(),
    repository,
  }),
} as const;

/** @internal */
export type PayloadOf<TEvent extends keyof typeof payloadSchemas> = z.output<
  (typeof payloadSchemas)[TEvent]
>;
