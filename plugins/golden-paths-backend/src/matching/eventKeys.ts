import { CdEvent } from '@waymark/plugin-golden-paths-common';
import {
  ARGOCD_NAME_LABEL,
  argocdKey,
  argocdNameKey,
  refKey,
  repositoryKey,
  subjectKey,
  withoutVersion,
} from './keys';

/** A kind in front tells it from an address or a package URL. */
const FULL_REF = /^[a-z][a-z0-9]*:[^/:\s]+\/[^/:\s]+$/i;

/** Package URLs that name a repository. */
const PACKAGE_HOSTS = new Map([
  ['github', 'github.com'],
  ['gitlab', 'gitlab.com'],
  ['bitbucket', 'bitbucket.org'],
]);

/**
 * By what an event names the entity it speaks for, the strongest first. Who says
 * which entity it is, is not contradicted.
 *
 * @internal
 */
export function eventKeys(options: {
  event: CdEvent;
  /** As its sender says. */
  entityRef?: string;
}): string[] {
  const { event, entityRef } = options;
  if (entityRef !== undefined) {
    return [refKey(entityRef)];
  }
  const { subject, context } = event;
  const { content } = subject;
  const custom = record(event.customData);
  const artifact =
    text(content.artifactId) ??
    (isPackage(subject.id) ? subject.id : undefined);
  const repository = record(content.repository);
  const application = text(record(custom.argocdLabels)[ARGOCD_NAME_LABEL]);

  const addresses = [
    text(custom.repository),
    text(repository.url),
    text(repository.id),
    text(repository.source),
    text(content.url),
    subject.id,
    subject.source,
    artifact && packageRepository(artifact),
    context.source,
  ];
  return [
    ...new Set([
      ...(FULL_REF.test(subject.id) ? [refKey(subject.id)] : []),
      subjectKey(subject.id),
      ...(artifact ? [subjectKey(withoutVersion(artifact))] : []),
      ...(text(custom.argocdApp) ? [argocdKey(text(custom.argocdApp)!)] : []),
      ...(application ? [argocdNameKey(application)] : []),
      ...addresses.flatMap(
        address => (address && repositoryKey(address)) || [],
      ),
    ]),
  ];
}

function isPackage(value: string): boolean {
  return value.startsWith('pkg:');
}

function packageRepository(artifact: string): string | undefined {
  const [, type, path] =
    /^pkg:([^/]+)\/(.+)$/.exec(withoutVersion(artifact)) ?? [];
  const host = PACKAGE_HOSTS.get(type);
  return host && `https://${host}/${path}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

function record(value: unknown): Record<string, unknown> {
  return value && typeof value === 'object'
    ? (value as Record<string, unknown>)
    : {};
}
