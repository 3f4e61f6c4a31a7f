import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CiCredential } from '@waymark/plugin-ci-credentials-common';
import { z } from 'zod';
import {
  CiCredentialsService,
  CiPipeline,
  IssuedCiCredential,
} from '../CiCredentialsService';
import { askBackend } from './askBackend';
import { isWithinSource } from './isWithinSource';
import { recentPipelines } from './RecentPipelines';
import { createdSchema, issuedPageSchema, pipelineSchema } from './schemas';

/** How subjects of pipelines begin; no other principal's subject does. */
const SUBJECT_PREFIX = 'ci:';

/**
 * Asks the CI credentials backend as the plugin that uses it.
 *
 * @internal
 */
export class HttpCiCredentialsService implements CiCredentialsService {
  constructor(
    private readonly deps: { auth: AuthService; discovery: DiscoveryService },
  ) {}

  async getPipeline(
    credentials: BackstageCredentials,
  ): Promise<CiPipeline | undefined> {
    if (!this.deps.auth.isPrincipal(credentials, 'service')) {
      return undefined;
    }
    const { subject } = credentials.principal;
    if (!subject.startsWith(SUBJECT_PREFIX)) {
      return undefined;
    }
    return (
      recentPipelines.get(subject) ??
      this.ask({
        method: 'GET',
        path: `/principals/${encodeURIComponent(subject)}`,
        schema: pipelineSchema,
      })
    );
  }

  async authorize(
    credentials: BackstageCredentials,
    options: { entityRefs: string[]; source?: string },
  ): Promise<CiPipeline | undefined> {
    const pipeline = await this.getPipeline(credentials);
    if (!pipeline) {
      return undefined;
    }
    for (const text of options.entityRefs) {
      const entityRef = normalizeRef(text);
      if (!pipeline.entityRefs.includes(entityRef)) {
        throw new NotAllowedError(
          `The pipeline ${pipeline.source} may not speak for ${entityRef}`,
        );
      }
    }
    if (
      options.source !== undefined &&
      !isWithinSource(options.source, pipeline.source)
    ) {
      throw new NotAllowedError(
        `The pipeline ${pipeline.source} may not speak as ${options.source}`,
      );
    }
    return pipeline;
  }

  async issueFor(options: {
    key: string;
    source: string;
    entityRef: string;
    description?: string;
  }): Promise<{ credential: CiCredential; token: string }> {
    return this.ask({
      method: 'POST',
      path: '/issued',
      body: options,
      schema: createdSchema,
    });
  }

  async settle(options: {
    key: string;
    keep: string;
    reason?: string;
  }): Promise<void> {
    await this.ask({
      method: 'POST',
      path: '/issued/settle',
      body: options,
      schema: z.object({}),
    });
  }

  async revokeFor(options: { key: string; reason: string }): Promise<void> {
    await this.ask({
      method: 'POST',
      path: '/issued/revoke',
      body: options,
      schema: z.object({}),
    });
  }

  async listIssued(
    options: { cursor?: string; limit?: number } = {},
  ): Promise<{ items: IssuedCiCredential[]; nextCursor?: string }> {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(options)) {
      if (value !== undefined) {
        query.set(key, String(value));
      }
    }
    return this.ask({
      method: 'GET',
      path: `/issued?${query}`,
      schema: issuedPageSchema,
    });
  }

  private async ask<T>(request: {
    method: 'GET' | 'POST';
    path: string;
    body?: object;
    schema: z.ZodType<T>;
  }): Promise<T> {
    const { auth, discovery } = this.deps;
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'ci-credentials',
    });
    try {
      return await askBackend({ ...request, discovery, token });
    } catch (error) {
      if (error instanceof AuthenticationError) {
        // Not the pipeline is refused but this plugin, such as while keys are away
        throw new ServiceUnavailableError(
          `The CI credentials backend does not know this plugin now: ${error.message}`,
        );
      }
      throw error;
    }
  }
}

function normalizeRef(text: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(text));
  } catch {
    throw new InputError(
      `${JSON.stringify(
        text,
      )} is not a full entity ref, such as component:default/name`,
    );
  }
}
