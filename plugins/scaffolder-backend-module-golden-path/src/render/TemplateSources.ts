import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { listFiles } from '../files/listFiles';
import { assertLayerName, Layer, readLayer } from './readLayer';

/**
 * Brings the folder of a template and its layers to the disk, from wherever
 * the template is kept.
 *
 * @internal
 */
export class TemplateSources {
  constructor(
    private readonly options: {
      reader: UrlReaderService;
      integrations: ScmIntegrationRegistry;
      /** The configured place of the layers. */
      layers?: string;
    },
  ) {}

  /**
   * Fills `<directory>/template` and `<directory>/layers/<name>`.
   *
   * @param options - `layersBaseUrl`: a template that has the layers beside it,
   * where this one has not
   * @throws InputError for what is missing, a symbolic link, or a layer that is
   * not one
   */
  async fetch(options: {
    baseUrl: string | undefined;
    layersBaseUrl?: string;
    layers: string[];
    directory: string;
  }): Promise<Layer[]> {
    const { baseUrl, layersBaseUrl = baseUrl, layers, directory } = options;
    if (!baseUrl || !layersBaseUrl) {
      throw new InputError(
        'The template has no location that its files could be read from; register it from a file or a URL',
      );
    }
    for (const [index, name] of layers.entries()) {
      assertLayerName(name);
      if (layers.indexOf(name) !== index) {
        throw new InputError(`layers: '${name}' is named twice`);
      }
    }

    const folder = baseUrl.startsWith('file://')
      ? templateFolder(baseUrl)
      : this.resolveUrl('.', baseUrl);
    await this.copy({
      from: folder,
      to: join(directory, 'template'),
      label: 'The template',
    });

    if (layers.length === 0) {
      return [];
    }
    return this.fetchLayers({ baseUrl: layersBaseUrl, layers, directory });
  }

  private async fetchLayers(options: {
    baseUrl: string;
    layers: string[];
    directory: string;
  }): Promise<Layer[]> {
    const { baseUrl, layers, directory } = options;
    const location = this.layersLocation(baseUrl);

    let all: string;
    if (isUrl(location)) {
      // One archive is cheaper than one request per layer
      all = join(directory, 'all-layers');
      await this.download({ from: location, to: all, label: 'layers' });
    } else {
      all = location;
    }

    const found: Layer[] = [];
    for (const name of layers) {
      const layer = await readLayer({ directory: all, location, name });
      await this.copy({
        from: join(all, name),
        to: join(directory, 'layers', name),
        label: `The layer '${name}'`,
      });
      found.push(layer);
    }
    return found;
  }

  private layersLocation(baseUrl: string): string {
    const { layers } = this.options;
    if (layers !== undefined) {
      return isUrl(layers) ? layers : resolve(layers);
    }
    return baseUrl.startsWith('file://')
      ? join(templateFolder(baseUrl), '..', 'layers')
      : this.resolveUrl('../layers', baseUrl);
  }

  private resolveUrl(url: string, base: string): string {
    const integration = this.options.integrations.byUrl(base);
    if (!integration) {
      throw new InputError(
        `The template's files cannot be read: there is no entry in integrations for ${base}`,
      );
    }
    return integration.resolveUrl({ url, base });
  }

  private async copy(options: {
    from: string;
    to: string;
    label: string;
  }): Promise<void> {
    const { from, to, label } = options;
    if (isUrl(from)) {
      await this.download(options);
      // Looks at what the archive held
      await listFiles({ directory: to, label });
      return;
    }
    if (!existsSync(from)) {
      throw new InputError(`${label} has no folder ${from}`);
    }
    await mkdir(to, { recursive: true });
    const made = new Set<string>([to]);
    for (const file of await listFiles({ directory: from, label })) {
      const target = join(to, file.path);
      const parent = dirname(target);
      if (!made.has(parent)) {
        await mkdir(parent, { recursive: true });
        made.add(parent);
      }
      // Keeps the mode, and with it what makes a script runnable
      await copyFile(file.absolutePath, target);
    }
  }

  private async download(options: {
    from: string;
    to: string;
    label: string;
  }): Promise<void> {
    const { from, to, label } = options;
    await mkdir(to, { recursive: true });
    try {
      const tree = await this.options.reader.readTree(from);
      await tree.dir({ targetDir: to });
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        throw new InputError(`${label}: there is nothing to read at ${from}`);
      }
      throw error;
    }
  }
}

function isUrl(location: string): boolean {
  return /^https?:\/\//.test(location);
}

/**
 * The catalog puts the path behind `file://` as it is; a dry run of the
 * template editor encodes it.
 */
function templateFolder(baseUrl: string): string {
  const plain = dirname(baseUrl.slice('file://'.length));
  return existsSync(plain) ? plain : dirname(fileURLToPath(baseUrl));
}
