import { dirname } from 'node:path';
import { AuthService } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { renderInput } from './renderInput';
import { templateBaseUrl } from './templateBaseUrl';

/**
 * Finds the layers for a dry run. The template editor sends the folder of the
 * template alone, and layers lie outside of it.
 *
 * @internal
 */
export class LayersOfDryRuns {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;

  constructor(options: { auth: AuthService; catalog: CatalogService }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
  }

  /**
   * The template of the same name tells where its layers are. One that is not
   * registered yet has those of all others, if these agree, or else those of the
   * templates beside the portal.
   *
   * @returns the address of a template that has its layers there
   * @throws InputError when nothing tells where they are
   */
  async find(metadata: { name: string; namespace?: string }): Promise<string> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const templateRef = stringifyEntityRef({
      kind: 'Template',
      namespace: metadata.namespace ?? DEFAULT_NAMESPACE,
      name: metadata.name,
    });
    const registered = await this.#catalog.getEntityByRef(templateRef, {
      credentials,
    });
    const own = registered && templateBaseUrl(registered);
    if (own) {
      return own;
    }

    const { items } = await this.#catalog.getEntities(
      { filter: { kind: 'Template' } },
      { credentials },
    );
    const byFolder = new Map(
      items
        .filter(template => renderInput(template)?.layers.length)
        .flatMap(template => {
          const baseUrl = templateBaseUrl(template);
          return baseUrl ? [[dirname(dirname(baseUrl)), baseUrl]] : [];
        }),
    );
    const folders = [...byFolder.keys()];
    const beside = folders.filter(folder => folder.startsWith('file://'));
    const [folder, another] = beside.length > 0 ? beside : folders;
    const baseUrl = byFolder.get(folder);
    if (!baseUrl || another) {
      throw new InputError(
        `layers: ${templateRef} is not registered, and ${
          another
            ? `other templates have their layers in ${[...byFolder.keys()].join(
                ' and ',
              )}`
            : 'no other template has layers'
        }; scaffolder.goldenPath.layers says where they are`,
      );
    }
    return baseUrl;
  }
}
