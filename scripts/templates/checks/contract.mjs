import { createRequire } from 'node:module';
import { parse as parseYaml } from 'yaml';
import { remember } from '../lib/remember.mjs';

const require = createRequire(import.meta.url);

/** By the type that the catalog knows it under. */
const readers = {
  async openapi(source) {
    // Also of OpenAPI 3.1, by the schema of the specification
    const { validate } = require('@apidevtools/swagger-parser');
    try {
      const { paths } = await validate(parseYaml(source));
      return Object.keys(paths).length > 0 ? [] : ['it has no path'];
    } catch (error) {
      return [error.message];
    }
  },

  async asyncapi(source) {
    const { Parser } = require('@asyncapi/parser');
    const { diagnostics } = await new Parser().parse(source);
    return diagnostics
      .filter(({ severity }) => severity === 0)
      .map(({ message, path }) => `${path.join('.')}: ${message}`);
  },

  grpc(source) {
    const { parse, Service } = require('protobufjs');
    try {
      const { root } = parse(source);
      const services = [];
      const visit = namespace => {
        for (const object of namespace.nestedArray ?? []) {
          if (object instanceof Service) {
            services.push(object);
          }
          visit(object);
        }
      };
      visit(root);
      return services.some(({ methodsArray }) => methodsArray.length > 0)
        ? []
        : ['it has no service with a method'];
    } catch (error) {
      return [error.message];
    }
  },
};

const problemsOf = remember((type, source) => readers[type](source));

/** What a service promises to whoever calls it. */
export const contractChecks = [
  {
    name: 'the contract after its specification',
    when: ({ path }) => path.contract !== undefined,
    async find({ files, path, count }) {
      const api = files
        .yaml('catalog-info.yaml')
        .find(({ kind }) => kind === 'API');
      const type = api?.spec.type;
      if (!(type in readers)) {
        return [`nobody reads an API of type ${type}`];
      }
      count('schemas', 1);
      const problems = await problemsOf(type, files.text(path.contract));
      return problems.map(text => `${path.contract}: ${text}`);
    },
  },
];
