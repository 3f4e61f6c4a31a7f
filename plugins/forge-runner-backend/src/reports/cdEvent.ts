import { randomUUID } from 'node:crypto';
import { JsonObject } from '@backstage/types';

const SPECIFICATION = '0.5.1';

/** Versions of the types in CDEvents 0.5. */
const VERSIONS = {
  'pipelinerun.started': '0.3.0',
  'pipelinerun.finished': '0.3.0',
  'taskrun.started': '0.3.0',
  'taskrun.finished': '0.3.0',
  'artifact.published': '0.3.0',
  'environment.created': '0.3.0',
  'service.deployed': '0.3.0',
  'service.upgraded': '0.3.0',
  'service.rolledback': '0.3.0',
};

/**
 * What happened, in the words of CDEvents.
 *
 * @internal
 */
export interface Happening {
  type: keyof typeof VERSIONS;
  subject: { id: string; content: JsonObject };
  /** Milliseconds since 1970. */
  time: number;
  /** All that followed from one push has the same. */
  chainId: string;
  customData: JsonObject;
}

/**
 * A CloudEvent in structured mode that carries a CDEvent.
 *
 * @internal
 */
export function toCloudEvent(happening: Happening, source: string): JsonObject {
  const { chainId, customData, subject } = happening;
  const id = randomUUID();
  const type = `dev.cdevents.${happening.type}.${VERSIONS[happening.type]}`;
  const time = new Date(happening.time).toISOString();
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time,
    datacontenttype: 'application/json',
    data: {
      context: {
        specversion: SPECIFICATION,
        id,
        source,
        type,
        timestamp: time,
        chainId,
      },
      subject: { ...subject, source },
      customData,
      customDataContentType: 'application/json',
    },
  };
}
