import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseCloudEvent } from './parseCloudEvent';

const command = resolve(
  __dirname,
  '../../../../packages/report-event/report-event.mjs',
);

/** Everything that the command can be told; it takes what the event has. */
const options = Object.entries({
  entity: 'component:default/ledger',
  source: 'https://ci.example/ledger',
  id: '7',
  environment: 'staging',
  artifact: 'pkg:oci/ledger@sha256%3A0b31',
  name: 'main',
  uri: 'https://ci.example/7',
  outcome: 'success',
  errors: 'none',
  description: 'It is slow',
  summary: 'It is red',
  creator: 'joel',
  resolution: 'completed',
  commit: '0b31b1c0',
  repository: 'https://git.example/finance/ledger',
  page: 'https://ci.example/7',
  chain: 'c-7',
  at: '2026-08-01T10:00:00Z',
  data: 'category=build',
}).flatMap(([name, value]) => [`--${name}`, value]);

describe('events of the command for pipelines', () => {
  it.each([
    'change merged',
    'pipelinerun started',
    'pipelinerun finished',
    'artifact published',
    'service deployed',
    'service upgraded',
    'service rolledback',
    'service removed',
    'environment created',
    'environment deleted',
    'incident detected',
    'incident resolved',
    'ticket created',
    'ticket closed',
    'repository created',
  ])('are taken: %s', what => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [command, ...what.split(' '), ...options, '--dry-run'],
      {
        encoding: 'utf8',
        env: { CI_PIPELINE_URL: 'https://ci.example/ledger/7' },
      },
    );
    expect(stderr).toBe('');
    const event = JSON.parse(stdout.slice(stdout.indexOf('\n')));
    expect(parseCloudEvent(event, { now: Date.now() })).toBe(event);
    expect(event.type).toContain(what.replace(' ', '.'));
  });
});
