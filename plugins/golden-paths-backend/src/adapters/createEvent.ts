import {
  CdEvent,
  CdEventName,
  cdEventType,
} from '@waymark/plugin-golden-paths-common';

/**
 * What CDEvents has no field for; the same names whoever sends it.
 *
 * @internal
 */
export interface EventDetails {
  /** Commit that was deployed, built or merged. */
  revision?: string;
  /** Page to look at, http(s). */
  url?: string;
  /** `https://<host>/<owner>/<repository>` */
  repository?: string;
  /** Name of the application in Argo CD. */
  argocdApp?: string;
  [name: string]: unknown;
}

/**
 * A CDEvent out of what another system says.
 *
 * @param options - `id`: derived from ids of that system and never from the time of
 * arrival, so that what comes twice is known again
 * @internal
 */
export function createEvent(options: {
  name: CdEventName;
  id: string;
  source: string;
  /** As that system says it. */
  at: string | number;
  subject: { id: string; source?: string; content: Record<string, unknown> };
  details?: EventDetails;
}): CdEvent {
  const { name, id, source, at, subject, details } = options;
  return {
    context: {
      specversion: '0.5.1',
      id,
      source: toUri(source),
      type: cdEventType(name),
      timestamp: new Date(at).toISOString(),
    },
    subject: {
      ...subject,
      ...(subject.source && { source: toUri(subject.source) }),
      content: defined(subject.content),
    },
    customData: defined(details ?? {}),
  };
}

/** An address as RFC 3986 has it; of half a character nothing can be written. */
export function toUri(text: string): string {
  return encodeURI(text.toWellFormed());
}

/** Undefined is nothing in JSON, and something to schemas. */
function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  );
}
