import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cdEventName } from '@waymark/plugin-golden-paths-common';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020';
import { Mutation, mutationsOf } from '../../__testUtils__/mutations';
import { cdEventSchema } from './cdEventSchema';

/** The specification's schemas and examples, where they lie beside the repository. */
const reference = resolve(
  __dirname,
  '../../../../../../shared/reference/cdevents-0.5.1',
);
const isPresent = existsSync(reference);
if (!isPresent) {
  process.stderr.write(
    `\nSKIPPED: the schemas of CDEvents are not at ${reference}, so nothing is compared with them\n\n`,
  );
}

const read = (...path: string[]) =>
  JSON.parse(readFileSync(join(reference, ...path), 'utf8'));
const examples = isPresent ? readdirSync(join(reference, 'conformance')) : [];

/** What the specification's schemas say, by the type of the event. */
function readSpecification() {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  // The library forgets what RFC 3986 says in 4.2: before a colon stands a scheme,
  // or at least a slash
  const { 'uri-reference': uriReference } = ajv.formats;
  ajv.addFormat(
    'uri-reference',
    text =>
      (uriReference as RegExp).test(text) &&
      !/^[^a-z/?#][^/?#]*:|^:/i.test(text),
  );
  for (const file of readdirSync(join(reference, 'schemas', 'links'))) {
    ajv.addSchema(read('schemas', 'links', file));
  }
  return new Map(
    readdirSync(join(reference, 'schemas'))
      .filter(file => file.endsWith('.json'))
      .map(file => {
        const schema = read('schemas', file);
        const [type] = schema.properties.context.properties.type.enum;
        return [type as string, ajv.compile(schema)] as const;
      }),
  );
}

(isPresent ? describe : describe.skip)(
  'beside the schemas of the specification',
  () => {
    const specification = isPresent ? readSpecification() : new Map();

    it('knows the same types', () => {
      expect(specification.size).toBe(45);
      for (const type of specification.keys()) {
        expect(cdEventSchema(cdEventName(type)!)).toBeDefined();
      }
    });

    it.each(examples)('takes and refuses what they do: %s', file => {
      const example = read('conformance', file);
      const { type } = example.context;
      const theirs = specification.get(type)!;
      const ours = cdEventSchema(cdEventName(type)!);
      expect(theirs(example)).toBe(true);

      const cases: Mutation[] = [
        { title: 'as it is', value: example },
        ...mutationsOf(example),
      ];
      const differences = cases.flatMap(({ title, value }) => {
        const [should, does] = [theirs(value), ours.safeParse(value).success];
        return should === does
          ? []
          : [`${title}: ${should ? 'accepted' : 'refused'} there`];
      });
      expect(differences).toEqual([]);
      expect(cases.length).toBeGreaterThan(400);
    });
  },
);
