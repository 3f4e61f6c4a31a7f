import { DeriveSettings, SourceEvent } from '../derive/Derived';

export const deriveSettings: DeriveSettings = {
  timeZone: 'UTC',
  environments: { production: ['production', 'prod-*'], staging: ['staging'] },
  incidentWindow: 24 * 3_600_000,
};

/** What a test wants to say of an event; whatever it leaves out does not matter. */
export interface EventOptions {
  id?: string;
  source?: string;
  subjectId?: string;
  observed?: boolean;
  sample?: boolean;
  chainId?: string;
  /** Ids of events before it. */
  links?: string[];
  environment?: string;
  artifact?: string;
  content?: Record<string, unknown>;
  custom?: Record<string, unknown>;
}

/** A moment in November 2026, such as `02T10:00`. */
export function november(moment: string): number {
  return Date.parse(`2026-11-${moment}Z`);
}

/** Makes events, numbered in the order in which they are made. */
export function eventFactory() {
  let sequence = 0;
  return (
    type: string,
    moment: string | number,
    options: EventOptions = {},
  ): SourceEvent => {
    sequence += 1;
    const { id = `event-${sequence}`, source = '/observer' } = options;
    const occurredAt = typeof moment === 'number' ? moment : november(moment);
    const isService = type.startsWith('service.');
    const { environment = isService ? 'production' : undefined } = options;
    return {
      sequence: String(sequence),
      source,
      id,
      type,
      occurredAt,
      observed: options.observed ?? true,
      sample: options.sample ?? false,
      data: {
        context: {
          specversion: '0.5.1',
          id,
          source,
          type: `dev.cdevents.${type}.0.3.0`,
          timestamp: new Date(occurredAt).toISOString(),
          chainId: options.chainId,
          links: options.links?.map(contextId => ({
            linkType: 'PATH',
            from: { contextId },
          })),
        },
        subject: {
          id: options.subjectId ?? 'subject',
          content: {
            ...(environment ? { environment: { id: environment } } : {}),
            ...(options.artifact ? { artifactId: options.artifact } : {}),
            ...options.content,
          },
        },
        customData: options.custom,
      },
    };
  };
}
