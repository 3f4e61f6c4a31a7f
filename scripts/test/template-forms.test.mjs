import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';

const templates = new URL('../../templates/', import.meta.url);
const read = path => parse(readFileSync(new URL(path, templates), 'utf8'));

/** The paths that make a new service out of the layers for one, by name. */
const paths = new Map(
  read('catalog-info.yaml')
    .spec.targets.map(read)
    .filter(({ spec }) =>
      spec.steps.some(
        ({ action, input }) =>
          action === 'golden-path:render' && input.values.service,
      ),
    )
    .map(template => [template.metadata.name, template]),
);

/** A page without what tells one path from another: its examples. */
function withoutExamples({ properties, ...page }) {
  return {
    ...page,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [
        name,
        { ...field, description: undefined, 'ui:placeholder': undefined },
      ]),
    ),
  };
}

describe('the forms of the paths for new services', () => {
  const [[first, model], ...others] = paths;

  it('ask the same questions', () => {
    assert.ok(others.length > 0);
    const [service, more] = model.spec.parameters;
    for (const [name, { spec }] of others) {
      // What one path alone asks is on a page of its own after these
      const [itsService, itsMore] = spec.parameters;
      assert.deepEqual(
        withoutExamples(itsService),
        withoutExamples(service),
        `the first page of ${name} is another than that of ${first}`,
      );
      assert.deepEqual(
        itsMore,
        more,
        `the page More of ${name} is another than that of ${first}`,
      );
    }
  });

  it('take the answers to all of their questions, and no others', () => {
    for (const [name, { spec }] of paths) {
      const fields = spec.parameters.flatMap(page =>
        Object.keys(page.properties),
      );
      assert.deepEqual(
        spec.parameters[0].propertyNames.enum.toSorted(),
        fields.toSorted(),
        name,
      );
    }
  });

  it('may be walked through with the first page alone', () => {
    const [, more] = model.spec.parameters;
    assert.equal(more.required, undefined);
  });

  it('offer the parts of the layers, in their words', () => {
    const known = {};
    for (const layer of readdirSync(new URL('layers/', templates))) {
      const { parts = {} } = read(`layers/${layer}/layer.yaml`);
      for (const [part, { title, description, needs }] of Object.entries(
        parts,
      )) {
        known[part] = {
          ...known[part],
          ...(title && { title, description, needs: needs ?? [] }),
        };
      }
    }
    const { items, 'ui:options': options } =
      model.spec.parameters[1].properties.leftOut;
    const offered = Object.fromEntries(
      items.properties.part.oneOf.map(({ const: part, title, description }) => [
        part,
        { title, description, needs: options.needs[part] ?? [] },
      ]),
    );
    assert.deepEqual(offered, known);
  });

  it('hand what is left out to every step that has to know', () => {
    for (const [name, { spec }] of paths) {
      for (const action of ['check', 'render', 'publish']) {
        const { input } = spec.steps.find(
          step => step.action === `golden-path:${action}`,
        );
        assert.equal(
          input.leftOut,
          '${{ parameters.leftOut }}',
          `${action} of ${name}`,
        );
      }
    }
  });
});

describe('layers', () => {
  it('say what is new in the version that they have', () => {
    for (const name of readdirSync(new URL('layers/', templates))) {
      const { version, changes = [] } = read(`layers/${name}/layer.yaml`);
      if (version !== '1.0.0') {
        assert.equal(changes[0]?.version, version, name);
      }
    }
  });
});
