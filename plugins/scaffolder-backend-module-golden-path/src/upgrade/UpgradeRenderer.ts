import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import {
  DELIVERY_PART,
  FilePolicies,
} from '@waymark/plugin-golden-paths-common';
import { z } from 'zod';
import { readRef } from '../checks/fields';
import { DeliveredService } from '../deliver/isDelivered';
import { ListedFile } from '../files/listFiles';
import { findOwningGroup } from '../owners/findOwningGroup';
import { ComponentSource } from '../propose/ComponentSources';
import { listGenerated } from '../publish/listGenerated';
import { repositoryAddress } from '../publish/repositoryAddress';
import { fitLeftOut, LeftOut } from '../render/leftOut';
import { PathRenderer } from '../render/PathRenderer';
import { renderInput } from '../render/renderInput';
import { PathVersions } from '../versions/PathVersions';
import { fitAnswers } from './fitAnswers';
import { PathTemplate, readPathTemplate } from './PathTemplate';
import { ReadProvenance } from './readProvenance';
import { StepInputs } from './StepInputs';
import { UpgradeError } from './UpgradeError';

const inputSchema = z.object({
  skeleton: z.string().optional(),
  layers: z.array(z.string()).default([]),
  values: z.looseObject({ name: z.string(), owner: z.string() }),
  copyWithoutTemplating: z.array(z.string()).optional(),
  leftOut: z
    .array(z.object({ part: z.string(), reason: z.string() }))
    .default([]),
});

/**
 * What a golden path makes today of the answers that a service was made with.
 *
 * @internal
 */
export interface RenderedUpgrade {
  template: PathTemplate;
  version: string;
  pathVersion?: string;
  layers: { name: string; version: string }[];
  policies: FilePolicies;
  files: ListedFile[];
  /** What goes into the provenance. */
  answers: JsonObject;
  /** Parts that are left out by those answers. */
  leftOut: LeftOut[];
  /** Answers to fields that the form no longer has. */
  dropped: string[];
}

/**
 * Renders the newest version of a golden path with the answers of an earlier run.
 *
 * Not the run is repeated, but its rendering: the inputs of the template's own step
 * are filled in with the recorded answers and what its check would say of them, and
 * handed to what renders in a run, too. What else a template does is not done.
 *
 * @internal
 */
export class UpgradeRenderer {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #inputs: StepInputs;
  readonly #isDelivered: (service: DeliveredService) => Promise<boolean>;
  readonly #organization: string | undefined;
  readonly #renderer: PathRenderer;
  readonly #versions: PathVersions;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    inputs: StepInputs;
    /** Whether the GitOps repository says what runs of it. */
    isDelivered: (service: DeliveredService) => Promise<boolean>;
    /** The setting `scaffolder.goldenPath.organization`. */
    organization: string | undefined;
    renderer: PathRenderer;
    versions: PathVersions;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#inputs = options.inputs;
    this.#isDelivered = options.isDelivered;
    this.#organization = options.organization;
    this.#renderer = options.renderer;
    this.#versions = options.versions;
  }

  /** @throws UpgradeError when there is no such path any more, or it does not fit */
  async find(templateRef: string) {
    const entity = await this.#catalog.getEntityByRef(templateRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    if (!entity) {
      throw new UpgradeError(
        'no-template',
        `The golden path ${templateRef} is not in the catalog any more; ask whoever looks after the golden paths which one takes its place`,
      );
    }
    return { template: readPathTemplate(entity), path: renderInput(entity) };
  }

  /** @param options - `directory`: lent for the work, and holds the files after it */
  async render(options: {
    source: ComponentSource;
    provenance: ReadProvenance;
    /** From whoever asks, for fields that are new. */
    given?: JsonObject;
    directory: string;
    logger: LoggerService;
    signal?: AbortSignal;
  }): Promise<RenderedUpgrade> {
    const { source, provenance, given, directory, logger, signal } = options;
    const { host } = source.target;
    const { template, path } = await this.find(provenance.template);
    const { answers, dropped } = fitAnswers({
      pages: template.pages,
      recorded: provenance.answers,
      given,
    });

    const steps = this.#checked(template, answers);
    const fill = (input: JsonObject, label: string) =>
      this.#inputs.fill({ input, label, parameters: answers, steps });
    const parsed = inputSchema.safeParse(
      fill(template.render, 'The input of golden-path:render'),
    );
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new UpgradeError(
        'not-upgradable',
        `The input of golden-path:render of ${
          template.ref
        } does not come out right for an upgrade: ${issue.path.join('.')}: ${
          issue.message
        }`,
      );
    }
    const input = parsed.data;
    // Where it was on the first day, also when it was moved since: files that belong
    // to the service go on to name that, as imports do, and have to agree with the rest
    const address = repositoryAddress({
      host: host.host,
      organization: this.#organization,
      owner: input.values.owner,
      name: input.values.name,
    });
    const group = await findOwningGroup({
      catalog: this.#catalog,
      credentials: await this.#auth.getOwnServiceCredentials(),
      owner: input.values.owner,
    });

    const url = host.repositoryUrl(address);
    const delivered = await this.#isDelivered({
      service: input.values.name,
      serviceUrl: url,
      logger,
      signal,
    });
    // Left out at first, and brought since
    const isWithout = ({ part }: LeftOut) =>
      !(delivered && part === DELIVERY_PART);
    const target = join(directory, 'files');
    await mkdir(target);
    const { version, layers } = await this.#renderer.render({
      ...input,
      leftOut: await this.#leftOut(
        template.ref,
        [...input.leftOut, ...provenance.leftOut].filter(isWithout),
      ),
      // An upgrade delivers nothing: the overlays would lose what says their images
      delivered,
      templateRef: template.ref,
      baseUrl: template.baseUrl,
      values: input.values as JsonObject,
      repository: {
        ...address,
        team: host.teamName({ group, organization: address.organization }),
        url,
      },
      directory: join(directory, 'work'),
      target,
      logger,
      signal,
    });
    return {
      template,
      version,
      pathVersion: path?.version,
      layers: layers.map(layer => ({
        name: layer.name,
        version: layer.version,
      })),
      policies: new FilePolicies([
        ...(path?.files ?? []),
        ...layers.flatMap(({ files }) => files),
      ]),
      files: await listGenerated(target),
      answers: this.#recorded(template, answers, fill),
      leftOut: input.leftOut.filter(isWithout),
      dropped,
    };
  }

  /**
   * What golden-path:check would say of the answers. It is not asked: the name is
   * taken, by this very service, and its group may be gone by now.
   */
  #checked(
    template: PathTemplate,
    answers: JsonObject,
  ): Record<string, { output: JsonObject }> {
    const steps: Record<string, { output: JsonObject }> = {};
    for (const [id, input] of Object.entries(template.checks)) {
      const filled = this.#inputs.fill({
        input,
        label: `The input of the step '${id}'`,
        parameters: answers,
        steps,
      }) as JsonObject;
      const whole = (field: 'owner' | 'system', kind: string) => {
        const ref = filled[field];
        if (ref === undefined || ref === null || ref === '') {
          return {};
        }
        const found = readRef(String(ref), kind);
        if (!found) {
          throw new InputError(
            `${field}: '${ref}' is no reference to a ${kind}`,
          );
        }
        return { [field]: found.ref };
      };
      steps[id] = {
        output: { ...whole('owner', 'group'), ...whole('system', 'system') },
      };
    }
    return steps;
  }

  /**
   * What is left out from the first day, and what the repository says since, as far
   * as it can be.
   */
  async #leftOut(templateRef: string, leftOut: LeftOut[]): Promise<LeftOut[]> {
    if (leftOut.length === 0) {
      return [];
    }
    const { parts } = await this.#versions.get(templateRef);
    return fitLeftOut(leftOut, parts);
  }

  /** The answers as golden-path:publish would write them down. */
  #recorded(
    template: PathTemplate,
    answers: JsonObject,
    fill: (input: JsonObject, label: string) => unknown,
  ): JsonObject {
    const written = template.publish.answers;
    if (written === undefined) {
      return {};
    }
    const { answers: recorded } = fill(
      { answers: written },
      'The input of golden-path:publish',
    ) as { answers?: JsonObject };
    return recorded ?? answers;
  }
}
