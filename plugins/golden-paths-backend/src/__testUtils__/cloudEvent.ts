import { randomUUID } from 'node:crypto';
import { CdEvent } from '@waymark/plugin-golden-paths-common';

export const SOURCE = 'https://ci.example/ledger';

/** A CloudEvent with a CDEvent, the envelope filled in from its context. */
export function cloudEvent(
  options: {
    id?: string;
    source?: string;
    type?: string;
    timestamp?: string;
    subjectId?: string;
    content?: Record<string, unknown>;
    attributes?: Record<string, unknown>;
  } = {},
) {
  const {
    id = randomUUID(),
    source = SOURCE,
    type = 'dev.cdevents.service.deployed.0.3.0',
    timestamp = '2026-08-01T10:00:00Z',
    subjectId = 'ledger',
    content = {
      environment: { id: 'staging' },
      artifactId: 'pkg:oci/ledger@sha256%3A0b31',
    },
    attributes,
  } = options;
  return envelope(
    {
      context: { specversion: '0.5.1', id, source, type, timestamp },
      subject: {
        id: subjectId,
        content,
      },
    },
    attributes,
  );
}

/** As the binding of CDEvents to CloudEvents says. */
export function envelope(
  data: CdEvent,
  attributes: Record<string, unknown> = {},
) {
  const { id, source, type, timestamp } = data.context;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time: timestamp,
    subject: data.subject.id,
    datacontenttype: 'application/json',
    data,
    ...attributes,
  };
}
