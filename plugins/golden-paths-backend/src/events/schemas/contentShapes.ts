import { CdEventName } from '@waymark/plugin-golden-paths-common';
import { z } from 'zod';
import {
  looseReference,
  name,
  outcome,
  reference,
  text,
  uri,
  uriReference,
} from './fields';

const user = { user: name.optional() };
const sbom = z.strictObject({ uri: uriReference }).optional();
const ofRepository = { repository: reference.optional() };

const repository = {
  name: text.optional(),
  owner: text.optional(),
  uri: uri.optional(),
  viewUrl: uri.optional(),
};

const pipeline = { pipelineName: text.optional(), uri: uri.optional() };
const task = {
  taskName: text.optional(),
  uri: uri.optional(),
  pipelineRun: reference.optional(),
};

const running = { environment: reference, artifactId: name };
const incident = {
  description: text.optional(),
  environment: reference,
  service: reference.optional(),
  artifactId: name.optional(),
};

const severity = z.enum(['low', 'medium', 'high', 'critical']).optional();
const trigger = z
  .looseObject({
    type: z
      .enum(['manual', 'pipeline', 'event', 'schedule', 'other'])
      .optional(),
    uri: uri.optional(),
  })
  .optional();
const testSuite = {
  environment: reference,
  testSuite: z
    .strictObject({
      id: name,
      version: text.optional(),
      name: text.optional(),
      uri: uri.optional(),
    })
    .optional(),
};
const testCase = {
  environment: reference,
  testSuiteRun: looseReference.optional(),
  testCase: z
    .strictObject({
      id: name,
      version: text.optional(),
      name: text.optional(),
      type: z
        .enum([
          'performance',
          'functional',
          'unit',
          'security',
          'compliance',
          'integration',
          'e2e',
          'other',
        ])
        .optional(),
      uri: uri.optional(),
    })
    .optional(),
};

const ticket = {
  summary: text.optional(),
  ticketType: text.optional(),
  group: text.optional(),
  creator: name.optional(),
  assignees: z.array(text).optional(),
  priority: text.optional(),
  labels: z.array(text).optional(),
  milestone: text.optional(),
  uri: uriReference,
};

/**
 * What stands in `subject.content` of each event.
 *
 * @internal
 */
export const contentShapes: Record<CdEventName, z.ZodRawShape> = {
  'artifact.deleted': user,
  'artifact.downloaded': user,
  'artifact.packaged': { change: reference, sbom },
  'artifact.published': { ...user, sbom },
  'artifact.signed': { signature: name },
  'branch.created': ofRepository,
  'branch.deleted': ofRepository,
  'build.finished': { artifactId: text.optional() },
  'build.queued': {},
  'build.started': {},
  'change.abandoned': ofRepository,
  'change.created': { ...ofRepository, description: name.optional() },
  'change.merged': ofRepository,
  'change.reviewed': ofRepository,
  'change.updated': ofRepository,
  'environment.created': { name: text.optional(), uri: uri.optional() },
  'environment.deleted': { name: text.optional() },
  'environment.modified': { name: text.optional(), uri: uri.optional() },
  'incident.detected': incident,
  'incident.reported': { ...incident, ticketURI: uri },
  'incident.resolved': incident,
  'pipelinerun.finished': {
    ...pipeline,
    outcome: outcome.optional(),
    errors: text.optional(),
  },
  'pipelinerun.queued': pipeline,
  'pipelinerun.started': { pipelineName: text, uri },
  'repository.created': { ...repository, name, uri },
  'repository.deleted': repository,
  'repository.modified': repository,
  'service.deployed': running,
  'service.published': { environment: reference.optional() },
  'service.removed': { environment: reference.optional() },
  'service.rolledback': running,
  'service.upgraded': running,
  'taskrun.finished': {
    ...task,
    outcome: text.optional(),
    errors: text.optional(),
  },
  'taskrun.started': task,
  'testcaserun.finished': {
    ...testCase,
    outcome,
    severity,
    reason: text.optional(),
  },
  'testcaserun.queued': { ...testCase, trigger },
  'testcaserun.skipped': {
    ...testCase,
    environment: reference.optional(),
    reason: text.optional(),
  },
  'testcaserun.started': { ...testCase, trigger },
  'testoutput.published': {
    outputType: z.enum(['report', 'video', 'image', 'log', 'other']),
    format: text,
    uri: uri.optional(),
    testCaseRun: looseReference.optional(),
  },
  'testsuiterun.finished': {
    ...testSuite,
    outcome,
    severity,
    reason: text.optional(),
  },
  'testsuiterun.queued': { ...testSuite, trigger },
  'testsuiterun.started': { ...testSuite, trigger },
  'ticket.closed': { ...ticket, resolution: name, updatedBy: text.optional() },
  'ticket.created': { ...ticket, summary: text, creator: name },
  'ticket.updated': { ...ticket, updatedBy: text.optional() },
};
