import { InputError } from '@backstage/errors';
import { CdEvent, CdEventName } from '@waymark/plugin-golden-paths-common';
import { cleanLine } from '../cleanText';
import { createEvent } from '../createEvent';
import { ArgocdNotification } from './notificationSchema';
import { readImage } from './readImage';

/**
 * An incident of an application that Argo CD found not to work.
 *
 * @internal
 */
export interface OpenIncident {
  subjectId: string;
  content: Record<string, unknown>;
}

/**
 * Where the events of an application come from; each has its own source, so that
 * they are found again.
 *
 * @internal
 */
export function sourceOf({ server, application }: ArgocdNotification): string {
  const { name, namespace } = application;
  return `${server.replace(/\/+$/, '')}/applications/${
    namespace ?? 'argocd'
  }/${name}`;
}

/**
 * What a notification says: healthy at a revision is a deployment and ends the
 * incidents of the application, degraded is an incident, and a synchronization that
 * failed is an attempt that came to nothing.
 *
 * @param openIncidents - of the application
 * @internal
 */
export function translateNotification(
  notification: ArgocdNotification,
  openIncidents: OpenIncident[],
): CdEvent[] {
  const { health, operation, sync } = notification;
  if (health.status === 'Degraded') {
    return [incident(notification)];
  }
  if (health.status === 'Healthy' && sync.status === 'Synced') {
    return [
      ...deployment(notification),
      ...openIncidents.map(open => resolution(notification, open)),
    ];
  }
  return ['Failed', 'Error'].includes(operation?.phase ?? '')
    ? [attempt(notification)]
    : [];
}

function deployment(notification: ArgocdNotification): CdEvent[] {
  const { application, history, sync } = notification;
  const entries = (history ?? []).filter(entry => entry.revision);
  const current = entries.at(-1);
  const revision = current?.revision ?? sync.revision;
  if (!revision) {
    return [];
  }
  // Synchronizing again what is there deploys nothing new
  const first = entries.findLastIndex(entry => entry.revision !== revision) + 1;
  const earlier = entries.slice(0, first);
  let name: CdEventName = 'service.deployed';
  if (earlier.length > 0) {
    name = earlier.some(entry => entry.revision === revision)
      ? 'service.rolledback'
      : 'service.upgraded';
  }
  return [
    event(notification, {
      name,
      id: `deployed/${application.uid}/${
        entries[first]?.id ?? 'first'
      }/${revision}`,
      at: timeOf(notification),
      subject: {
        id: application.name,
        content: {
          environment: environmentOf(notification),
          artifactId: artifactOf(notification).artifactId,
        },
      },
    }),
  ];
}

function incident(notification: ArgocdNotification): CdEvent {
  const { application, health } = notification;
  const at = timeOf(notification);
  const revision = revisionOf(notification);
  return event(notification, {
    name: 'incident.detected',
    id: `degraded/${application.uid}/${revision}/${Date.parse(at)}`,
    at,
    subject: {
      id: `${application.name}@${revision}`,
      content: {
        description:
          cleanLine(health.message, 1_024) ??
          `Argo CD found ${application.name} degraded`,
        environment: environmentOf(notification),
        service: { id: application.name },
        artifactId: artifactOf(notification).artifactId,
      },
    },
  });
}

function resolution(
  notification: ArgocdNotification,
  open: OpenIncident,
): CdEvent {
  const at = timeOf(notification);
  return event(notification, {
    name: 'incident.resolved',
    id: `healthy/${notification.application.uid}/${open.subjectId}/${Date.parse(
      at,
    )}`,
    at,
    subject: {
      id: open.subjectId,
      content: {
        ...open.content,
        description: 'Argo CD found it healthy again',
      },
    },
  });
}

function attempt(notification: ArgocdNotification): CdEvent {
  const { application, operation } = notification;
  const at = operation?.finishedAt ?? timeOf(notification);
  return event(notification, {
    name: 'taskrun.finished',
    id: `sync/${application.uid}/${Date.parse(at)}`,
    at,
    subject: {
      id: `${application.name}/sync/${Date.parse(at)}`,
      content: {
        taskName: 'deploy',
        outcome: operation?.phase === 'Error' ? 'error' : 'failure',
        errors: cleanLine(operation?.message, 1_024),
        uri: sourceOf(notification),
      },
    },
    details: { environment: environmentOf(notification).id },
  });
}

function event(
  notification: ArgocdNotification,
  options: Omit<Parameters<typeof createEvent>[0], 'source'>,
): CdEvent {
  const source = sourceOf(notification);
  return createEvent({
    ...options,
    source,
    details: {
      revision: artifactOf(notification).revision,
      configRevision: revisionOf(notification),
      url: source,
      argocdApp: notification.application.name,
      argocdLabels: notification.application.labels ?? undefined,
      ...options.details,
    },
  });
}

/** When it became as it is; never the time of arrival. */
function timeOf(notification: ArgocdNotification): string {
  const { health, history, operation, reconciledAt } = notification;
  const at =
    health.lastTransitionTime ??
    operation?.finishedAt ??
    history?.at(-1)?.deployedAt ??
    reconciledAt;
  if (!at) {
    throw new InputError(
      'health.lastTransitionTime, operation.finishedAt or reconciledAt has to say when it happened',
    );
  }
  return at;
}

function revisionOf({ history, sync }: ArgocdNotification): string {
  return history?.at(-1)?.revision ?? sync.revision ?? 'unknown';
}

/** Of several images, the one that is named like the application. */
function artifactOf(notification: ArgocdNotification): {
  artifactId: string;
  revision: string;
} {
  const { application, images } = notification;
  const read = (images ?? []).map(readImage);
  const image =
    read.find(({ name }) => application.name.startsWith(name)) ?? read[0];
  const revision = revisionOf(notification);
  return {
    artifactId:
      image?.artifactId ?? `pkg:generic/${application.name}@${revision}`,
    revision: image?.revision ?? revision,
  };
}

function environmentOf({ application, destination }: ArgocdNotification): {
  id: string;
} {
  return {
    id:
      cleanLine(application.labels?.environment, 255) ??
      cleanLine(destination?.namespace, 255) ??
      'default',
  };
}
