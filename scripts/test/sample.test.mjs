import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { configFiles } from '../lib/backend.mjs';
import {
  chooseSample,
  keptRepositories,
  sampleConfig,
  sampleMilestones,
} from '../lib/sample.mjs';

describe('the sample organisation', () => {
  let dataDir;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'waymark-test-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const choose = (options = {}) => chooseSample({ options, dataDir });

  it('is there from the first start on', () => {
    assert.deepEqual(choose(), { on: true, changed: false });
    assert.deepEqual(choose({ sample: true }), { on: true, changed: false });
  });

  it('stays away once it was left, until it is asked back', () => {
    assert.deepEqual(choose({ 'no-sample': true }), {
      on: false,
      changed: true,
    });
    assert.deepEqual(choose(), { on: false, changed: false });
    assert.deepEqual(choose({ 'no-sample': true }), {
      on: false,
      changed: false,
    });
    assert.deepEqual(choose({ sample: true }), { on: true, changed: true });
    assert.deepEqual(choose(), { on: true, changed: false });
  });

  it('is not guessed at', () => {
    assert.throws(
      () => choose({ sample: true, 'no-sample': true }),
      /--sample and --no-sample/,
    );
    assert.deepEqual(choose(), { on: true, changed: false });
  });

  it('leaves what somebody has changed, and that is told', () => {
    assert.deepEqual(keptRepositories(dataDir), []);
    const repositories = { 'a/left': 'left', 'a/mine': 'kept' };
    mkdirSync(path.join(dataDir, 'repositories'));
    writeFileSync(
      path.join(dataDir, 'repositories', '.seeds.json'),
      JSON.stringify({ repositories }),
    );
    assert.deepEqual(keptRepositories(dataDir), ['a/mine']);
  });

  it('is there when each of its files and repositories is', () => {
    const all = sampleMilestones(dataDir);
    assert.ok(all.includes('Group:default/kestrelvale-rail'));
    assert.ok(all.includes('System:default/ticket-sales'));
    assert.ok(all.includes('Component:default/train-tracker'));
    // Deleted: made once, and gone
    const repositories = { 'train-running/train-tracker': 'created' };
    mkdirSync(path.join(dataDir, 'repositories'));
    writeFileSync(
      path.join(dataDir, 'repositories', '.seeds.json'),
      JSON.stringify({ repositories }),
    );
    assert.deepEqual(
      sampleMilestones(dataDir),
      all.filter(ref => ref !== 'Component:default/train-tracker'),
    );
  });

  it('is one file of the configuration, below that of the machine', () => {
    assert.equal(configFiles({ sample: true })[1], sampleConfig);
    assert.ok(!configFiles({ sample: false }).includes(sampleConfig));
  });
});
