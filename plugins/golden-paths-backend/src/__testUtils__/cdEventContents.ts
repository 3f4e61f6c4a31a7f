import { CdEventName } from '@waymark/plugin-golden-paths-common';

const user = { user: 'mybot' };
const at = { id: 'staging', source: '/clusters/staging' };
const repository = {
  repository: { id: 'ledger', source: 'https://git.example' },
};
const sbom = { sbom: { uri: 'https://sbom.example/ledger.json' } };
const artifactId = 'pkg:oci/ledger@sha256%3A0b31';
const page = { uri: 'https://ci.example/ledger/7' };
const repo = {
  name: 'ledger',
  owner: 'finance',
  uri: 'https://git.example/finance/ledger.git',
  viewUrl: 'https://git.example/finance/ledger',
};
const trigger = { trigger: { type: 'pipeline', ...page, more: 1 } };
const testSuite = { id: 'smoke', version: '2', name: 'Smoke', ...page };
const ofCase = {
  environment: at,
  testSuiteRun: { id: 'run-7', source: '' },
  testCase: { id: 'one', version: '1', name: 'One', type: 'e2e', ...page },
};
const ticket = {
  summary: 'The build is red',
  ticketType: 'bug',
  group: 'platform',
  creator: 'joel',
  assignees: ['maren'],
  priority: 'high',
  labels: ['ci'],
  milestone: 'M1',
  uri: '/tickets/7',
};
const incident = {
  description: 'Answers take a minute',
  environment: at,
  service: { id: 'ledger' },
  artifactId,
};

/** For each event of CDEvents 0.5.1 a `subject.content` with all it can hold. */
export const cdEventContents: Record<CdEventName, Record<string, unknown>> = {
  'artifact.deleted': user,
  'artifact.downloaded': user,
  'artifact.packaged': { change: { id: '7' }, ...sbom },
  'artifact.published': { ...user, ...sbom },
  'artifact.signed': { signature: 'MEUCIQ' },
  'branch.created': repository,
  'branch.deleted': repository,
  'build.finished': { artifactId },
  'build.queued': {},
  'build.started': {},
  'change.abandoned': repository,
  'change.created': { ...repository, description: 'Round up' },
  'change.merged': repository,
  'change.reviewed': repository,
  'change.updated': repository,
  'environment.created': { name: 'Staging', ...page },
  'environment.deleted': { name: 'Staging' },
  'environment.modified': { name: 'Staging', ...page },
  'incident.detected': incident,
  'incident.reported': { ...incident, ticketURI: 'https://tickets.example/7' },
  'incident.resolved': incident,
  'pipelinerun.finished': {
    pipelineName: 'main',
    ...page,
    outcome: 'failure',
    errors: 'Two tests failed',
  },
  'pipelinerun.queued': { pipelineName: 'main', ...page },
  'pipelinerun.started': { pipelineName: 'main', ...page },
  'repository.created': repo,
  'repository.deleted': repo,
  'repository.modified': repo,
  'service.deployed': { environment: at, artifactId },
  'service.published': { environment: at },
  'service.removed': { environment: at },
  'service.rolledback': { environment: at, artifactId },
  'service.upgraded': { environment: at, artifactId },
  'taskrun.finished': {
    taskName: 'lint',
    ...page,
    pipelineRun: { id: 'run-7' },
    outcome: 'as it may be',
    errors: '',
  },
  'taskrun.started': { taskName: 'lint', ...page, pipelineRun: { id: '7' } },
  'testcaserun.finished': {
    ...ofCase,
    outcome: 'error',
    severity: 'critical',
    reason: 'Timeout',
  },
  'testcaserun.queued': { ...ofCase, ...trigger },
  'testcaserun.skipped': { ...ofCase, reason: 'Flaky' },
  'testcaserun.started': { ...ofCase, ...trigger },
  'testoutput.published': {
    outputType: 'video',
    format: 'video/mp4',
    ...page,
    testCaseRun: { id: 'one', source: 'anything at all' },
  },
  'testsuiterun.finished': {
    environment: at,
    testSuite,
    outcome: 'success',
    severity: 'low',
    reason: '',
  },
  'testsuiterun.queued': { environment: at, testSuite, ...trigger },
  'testsuiterun.started': { environment: at, testSuite, ...trigger },
  'ticket.closed': { ...ticket, resolution: 'completed', updatedBy: 'maren' },
  'ticket.created': ticket,
  'ticket.updated': { ...ticket, updatedBy: 'maren' },
};
