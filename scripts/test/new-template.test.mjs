import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { newTemplate } from '../templates/lib/new-template.mjs';

const here = fileURLToPath(new URL('../../', import.meta.url));

describe('yarn templates:new', () => {
  let root;
  const read = path => readFileSync(join(root, path), 'utf8');
  const make = (name, from) => newTemplate({ root, name, from });

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'new-template-'));
    mkdirSync(join(root, 'scripts/templates'), { recursive: true });
    for (const part of ['templates', 'scripts/templates/paths', '.gitignore']) {
      cpSync(join(here, part), join(root, part), { recursive: true });
    }
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('makes the smallest path, named wherever a path is named', () => {
    assert.deepEqual(make('site'), [
      'templates/site/',
      'templates/catalog-info.yaml',
      'scripts/templates/paths/site.mjs',
    ]);
    assert.equal(
      parse(read('templates/site/template.yaml')).metadata.name,
      'site',
    );
    const { targets } = parse(read('templates/catalog-info.yaml')).spec;
    assert.ok(targets.includes('./site/template.yaml'));
    assert.deepEqual(targets, targets.toSorted());
    assert.match(
      read('scripts/templates/paths/site.mjs'),
      /name: 'site',\n.*\n {2}example: 'try-site'/,
    );
  });

  it('is nothing that Git leaves out', () => {
    const git = (...args) => spawnSync('git', args, { cwd: root });
    git('init', '--quiet');
    const file = 'templates/site/template.yaml';
    assert.equal(git('check-ignore', '--quiet', file).status, 1);
  });

  it('takes the files of a path, without the history of its versions', () => {
    make('orders-api', 'node-api');
    const original = parse(read('templates/node-api/template.yaml'));
    const { metadata, spec } = parse(
      read('templates/orders-api/template.yaml'),
    );
    assert.equal(metadata.name, 'orders-api');
    assert.equal(metadata.title, 'Orders api');
    assert.equal(spec.goldenPath.version, '0.1.0');
    assert.equal(spec.goldenPath.changes, undefined);
    assert.deepEqual(spec.steps, original.spec.steps);
    assert.deepEqual(spec.parameters, original.spec.parameters);
    assert.ok(
      !existsSync(join(root, 'templates/orders-api/expected-files.json')),
    );
    execFileSync('diff', [
      '-r',
      join(root, 'templates/node-api/skeleton'),
      join(root, 'templates/orders-api/skeleton'),
    ]);
    const description = read('scripts/templates/paths/orders-api.mjs');
    assert.match(description, /name: 'orders-api'/);
    assert.match(description, /example: 'try-orders-api'/);
    assert.doesNotMatch(description, /node-api|seat-maps/);
  });

  it('refuses what cannot be, and leaves nothing behind', () => {
    for (const [name, from, message] of [
      ['Orders', undefined, /"Orders" is no name for a template: 3 to 50/],
      ['layers', undefined, /is no name/],
      ['node-api', undefined, /There is a templates\/node-api already/],
      ['other', 'node-ap', /Did you mean node-api\? There is add-objective,/],
      ['other', 'x', /There is no golden path x\. There is/],
      ['other', 'add-objective', /begins with a copy by hand/],
    ]) {
      assert.throws(() => make(name, from), message);
    }
    assert.ok(!existsSync(join(root, 'templates/other')));
    assert.doesNotMatch(read('templates/catalog-info.yaml'), /other/);
  });
});

describe('commands for templates', () => {
  const run = (command, ...args) =>
    spawnSync(
      process.execPath,
      [join(here, 'scripts/templates', `${command}.mjs`), ...args],
      { encoding: 'utf8' },
    );

  it('say what there is when asked', () => {
    for (const command of ['new', 'test', 'lock']) {
      const { status, stdout } = run(command, '--help');
      assert.equal(status, 0);
      assert.match(stdout, new RegExp(`^Usage: yarn templates:${command} `));
    }
  });

  it('say in a line what was typed wrongly', () => {
    for (const [args, message] of [
      [['new'], /^Usage: yarn templates:new/],
      [['test', '--updat'], /^Unknown option '--updat'\n\nUsage: /],
      [['test', 'nod-api'], /Did you mean node-api\?/],
      [
        ['lock', 'go-http-service'],
        /has no package-lock\.json; there is one in/,
      ],
    ]) {
      const { status, stderr } = run(...args);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /^ {4}at /m);
    }
  });
});
