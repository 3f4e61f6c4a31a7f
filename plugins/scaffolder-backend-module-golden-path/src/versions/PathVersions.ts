import { join } from 'node:path';
import { AuthService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { digestFolders } from '../render/digestFolders';
import { readPathParts } from '../render/layerParts';
import { renderInput } from '../render/renderInput';
import { templateBaseUrl } from '../render/templateBaseUrl';
import { TemplateSources } from '../render/TemplateSources';
import { withTemporary } from '../temporary/withTemporary';
import { PathVersion } from './PathVersion';

/** How long an answer is good for: reading files costs little, reading a host more. */
const KEEP_MS = { file: 10_000, url: 5 * 60_000 };

/**
 * Which version of a golden path a run would render now.
 *
 * @internal
 */
export class PathVersions {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #known = new Map<
    string,
    { etag?: string; until: number; value: Promise<PathVersion> }
  >();
  readonly #now: () => number;
  readonly #sources: TemplateSources;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    now?: () => number;
    sources: TemplateSources;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#now = options.now ?? Date.now;
    this.#sources = options.sources;
  }

  /**
   * @throws NotFoundError when it is no template, or none that renders always the
   * same files
   */
  async get(templateRef: string): Promise<PathVersion> {
    const template = await this.#catalog.getEntityByRef(templateRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    const input = template && renderInput(template);
    if (!input) {
      throw new NotFoundError(
        `${templateRef} is not a template that renders with golden-path:render`,
      );
    }
    const { etag } = template.metadata;
    const known = this.#known.get(templateRef);
    if (known && known.etag === etag && known.until > this.#now()) {
      return known.value;
    }
    const baseUrl = templateBaseUrl(template);
    const value = this.#read({ templateRef, baseUrl, input });
    this.#known.set(templateRef, {
      etag,
      until:
        this.#now() + KEEP_MS[baseUrl?.startsWith('file://') ? 'file' : 'url'],
      value,
    });
    value.catch(() => this.#known.delete(templateRef));
    return value;
  }

  async #read(options: {
    templateRef: string;
    baseUrl: string | undefined;
    input: NonNullable<ReturnType<typeof renderInput>>;
  }): Promise<PathVersion> {
    const { templateRef, baseUrl, input } = options;
    return withTemporary('version', async directory => {
      const layers = await this.#sources.fetch({
        baseUrl,
        layers: input.layers,
        directory,
      });
      return {
        templateRef,
        version: await digestFolders([
          { label: 'template', directory: join(directory, 'template') },
          ...layers.map(({ name }) => ({
            label: `layer ${name}`,
            directory: join(directory, 'layers', name),
          })),
        ]),
        pathVersion: input.version,
        layers: layers.map(({ name, version }) => ({ name, version })),
        changes: {
          path: input.changes,
          layers: Object.fromEntries(
            layers.map(({ name, changes }) => [name, changes]),
          ),
        },
        files: [...input.files, ...layers.flatMap(({ files }) => files)],
        parts: readPathParts(layers),
      };
    });
  }
}
