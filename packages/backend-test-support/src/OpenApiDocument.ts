import { readOpenApiDocument } from '@waymark/backend-support';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';

const ID = 'openapi.yaml';

interface OpenApi {
  paths: {
    [path: string]: {
      [method: string]: {
        responses?: { [status: string]: { $ref?: string; content?: object } };
      };
    };
  };
  components: { responses: { [name: string]: { content?: object } } };
}

/**
 * What a plugin says of its routes, to hold its answers against.
 *
 * @internal
 */
export class OpenApiDocument {
  readonly #ajv: Ajv2020;
  readonly #document: OpenApi;

  static async read(options: {
    packageName: string;
  }): Promise<OpenApiDocument> {
    return new OpenApiDocument(
      (await readOpenApiDocument(options)) as unknown as OpenApi,
    );
  }

  private constructor(document: OpenApi) {
    this.#document = document;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.#ajv);
    this.#ajv.addSchema(document, ID);
  }

  /** All routes, such as `get /facts/{kind}/{namespace}/{name}`. */
  get routes(): string[] {
    return Object.entries(this.#document.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter(method => method !== 'parameters')
        .map(method => `${method} ${path}`),
    );
  }

  /**
   * Throws when an answer is not one that the document has.
   *
   * @param answer - `path`: without the address of the plugin and the query
   */
  check(answer: {
    method: string;
    path: string;
    status: number;
    contentType: string | null;
    body: unknown;
  }): void {
    const { method, status, body } = answer;
    const what = `${method.toUpperCase()} ${answer.path} → ${status}`;
    const template = this.#find(method.toLowerCase(), answer.path);
    if (!template) {
      if (status === 404) {
        return;
      }
      throw new Error(`${what} is not in openapi.yaml`);
    }
    const { responses = {} } =
      this.#document.paths[template][method.toLowerCase()];
    const key = status in responses ? String(status) : 'default';
    if (key === 'default' && status < 400) {
      throw new Error(`${what}: openapi.yaml has no such status`);
    }
    const reference = responses[key].$ref;
    const pointer = reference
      ? reference.replace('#/', '')
      : [
          'paths',
          escape(template),
          method.toLowerCase(),
          'responses',
          key,
        ].join('/');
    const response = reference
      ? this.#document.components.responses[reference.split('/').pop()!]
      : responses[key];
    if (answer.contentType === null && !response.content) {
      return;
    }
    const [contentType] = (answer.contentType ?? '').split(';');
    if (!(contentType in (response.content ?? {}))) {
      throw new Error(`${what}: openapi.yaml has no ${contentType}`);
    }
    if (contentType !== 'application/json') {
      return;
    }
    const schema = `${ID}#/${pointer}/content/${escape(contentType)}/schema`;
    const validate = this.#ajv.getSchema(schema);
    if (!validate) {
      throw new Error(`openapi.yaml has no ${schema}`);
    }
    if (!validate(body)) {
      throw new Error(
        `${what} is not as openapi.yaml says: ${this.#ajv.errorsText(
          validate.errors,
        )}`,
      );
    }
  }

  #find(method: string, path: string): string | undefined {
    return Object.keys(this.#document.paths).find(
      template =>
        method in this.#document.paths[template] &&
        new RegExp(
          `^${template.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`,
        ).test(path),
    );
  }
}

/** For a JSON pointer within a URI. */
function escape(key: string): string {
  return encodeURIComponent(key.replace(/~/g, '~0').replace(/\//g, '~1'));
}
