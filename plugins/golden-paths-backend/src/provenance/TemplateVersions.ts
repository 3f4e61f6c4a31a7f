import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { Knex } from 'knex';
import { z } from 'zod';
import {
  FilePolicies,
  FilePolicyRule,
  PartFiles,
  PathParts,
} from '@waymark/plugin-golden-paths-common';

const TABLE = 'template_versions';

const answerSchema = z.object({
  version: z.string().min(1).max(100),
  layers: z.array(z.object({ name: z.string(), version: z.string() })),
  files: z.array(
    z.object({
      path: z.string(),
      policy: z.enum(['managed', 'merge', 'once']),
    }),
  ),
  parts: z
    .array(
      z.object({
        name: z.string(),
        title: z.string().optional(),
        files: z.array(z.string()),
      }),
    )
    .default([]),
});

interface Row {
  template_ref: string;
  version: string | null;
  layers: string;
  policies: string;
  parts: string;
  changed_at: string | number;
  checked_at: string | number;
  error: string | null;
}

/**
 * Golden paths as they are now: which version a run would render, and which files
 * have to stay as they were generated. The scaffolder's module for golden paths says
 * it; where that is not installed, no version is known and the usual files count.
 *
 * @internal
 */
export class TemplateVersions {
  readonly #auth: AuthService;
  readonly #clock: () => number;
  readonly #discovery: DiscoveryService;
  readonly #knex: Knex;

  constructor(options: {
    auth: AuthService;
    clock: () => number;
    discovery: DiscoveryService;
    knex: Knex;
  }) {
    this.#auth = options.auth;
    this.#clock = options.clock;
    this.#discovery = options.discovery;
    this.#knex = options.knex;
  }

  /**
   * What becomes of the files of a path, and which of them belong to its parts: as
   * last found out; asks when it never was.
   */
  async rules(
    templateRef: string,
  ): Promise<{ policies: FilePolicies; parts: PathParts }> {
    const row: Pick<Row, 'policies' | 'parts'> | undefined =
      (await this.#find(templateRef)) ??
      (await this.refresh(templateRef).then(() => this.#find(templateRef)));
    return {
      policies: new FilePolicies(row ? JSON.parse(row.policies) : []),
      parts: new PathParts(row ? JSON.parse(row.parts) : []),
    };
  }

  /** Those that some repository or run names. */
  async known(): Promise<string[]> {
    const refs: string[] = await this.#knex('provenance')
      .whereNotNull('template_ref')
      .distinct()
      .pluck('template_ref');
    const ran: string[] = await this.#knex('scaffolder_runs')
      .whereNotNull('template_ref')
      .where({ creates: true })
      .distinct()
      .pluck('template_ref');
    return [...new Set([...refs, ...ran])];
  }

  /**
   * Finds out how a template is now. What was known stays when that fails.
   *
   * @returns what differs from before
   */
  async refresh(
    templateRef: string,
  ): Promise<{ version: boolean; policies: boolean }> {
    const before = await this.#find(templateRef);
    const now = this.#clock();
    let answer: z.infer<typeof answerSchema> | undefined;
    let error: string | null = null;
    try {
      answer = await this.#ask(templateRef);
    } catch (reason) {
      error = String(reason instanceof Error ? reason.message : reason);
    }
    const version = error ? before?.version ?? null : answer?.version ?? null;
    const policies = error
      ? before?.policies ?? '[]'
      : JSON.stringify(answer?.files ?? ([] satisfies FilePolicyRule[]));
    const parts = error
      ? before?.parts ?? '[]'
      : JSON.stringify(answer?.parts ?? ([] satisfies PartFiles[]));
    const layers = error
      ? before?.layers ?? '[]'
      : JSON.stringify(answer?.layers ?? []);
    const differs = {
      version: version !== (before?.version ?? null),
      policies:
        policies !== (before?.policies ?? '[]') ||
        parts !== (before?.parts ?? '[]'),
    };
    const isChanged = differs.version || differs.policies || !before;
    await this.#knex<Row>(TABLE)
      .insert({
        template_ref: templateRef,
        version,
        layers,
        policies,
        parts,
        changed_at: isChanged ? now : before.changed_at,
        checked_at: now,
        error: error?.slice(0, 500) ?? null,
      })
      .onConflict('template_ref')
      .merge();
    return differs;
  }

  /** @returns undefined when it is no template with a version */
  async #ask(
    templateRef: string,
  ): Promise<z.infer<typeof answerSchema> | undefined> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const baseUrl = await this.#discovery.getBaseUrl('scaffolder');
    const query = new URLSearchParams({ template: templateRef });
    const response = await fetch(`${baseUrl}/golden-path/version?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status === 404) {
      return undefined;
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return answerSchema.parse(await response.json());
  }

  #find(templateRef: string): Promise<Row | undefined> {
    return this.#knex<Row>(TABLE).where({ template_ref: templateRef }).first();
  }
}
