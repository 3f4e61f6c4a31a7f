/**
 * Every event of {@link https://cdevents.dev | CDEvents} 0.5.1, as
 * `<subject>.<predicate>`, and the version that it has there.
 *
 * @public
 */
export const cdEventVersions = {
  'artifact.deleted': '0.2.0',
  'artifact.downloaded': '0.2.0',
  'artifact.packaged': '0.3.0',
  'artifact.published': '0.3.0',
  'artifact.signed': '0.3.0',
  'branch.created': '0.3.0',
  'branch.deleted': '0.3.0',
  'build.finished': '0.3.0',
  'build.queued': '0.3.0',
  'build.started': '0.3.0',
  'change.abandoned': '0.3.0',
  'change.created': '0.4.0',
  'change.merged': '0.3.0',
  'change.reviewed': '0.3.0',
  'change.updated': '0.3.0',
  'environment.created': '0.3.0',
  'environment.deleted': '0.3.0',
  'environment.modified': '0.3.0',
  'incident.detected': '0.3.0',
  'incident.reported': '0.3.0',
  'incident.resolved': '0.3.0',
  'pipelinerun.finished': '0.3.0',
  'pipelinerun.queued': '0.3.0',
  'pipelinerun.started': '0.3.0',
  'repository.created': '0.3.0',
  'repository.deleted': '0.3.0',
  'repository.modified': '0.3.0',
  'service.deployed': '0.3.0',
  'service.published': '0.3.0',
  'service.removed': '0.3.0',
  'service.rolledback': '0.3.0',
  'service.upgraded': '0.3.0',
  'taskrun.finished': '0.3.0',
  'taskrun.started': '0.3.0',
  'testcaserun.finished': '0.3.0',
  'testcaserun.queued': '0.3.0',
  'testcaserun.skipped': '0.2.0',
  'testcaserun.started': '0.3.0',
  'testoutput.published': '0.3.0',
  'testsuiterun.finished': '0.3.0',
  'testsuiterun.queued': '0.3.0',
  'testsuiterun.started': '0.3.0',
  'ticket.closed': '0.2.0',
  'ticket.created': '0.2.0',
  'ticket.updated': '0.2.0',
} as const;

/**
 * `<subject>.<predicate>`, such as `service.deployed`.
 *
 * @public
 */
export type CdEventName = keyof typeof cdEventVersions;

/**
 * The `type` of an event, such as `dev.cdevents.service.deployed.0.3.0`.
 *
 * @public
 */
export function cdEventType(name: CdEventName): string {
  return `dev.cdevents.${name}.${cdEventVersions[name]}`;
}

/**
 * The name within a `type`, whatever its version.
 *
 * @returns undefined for a type that is none of CDEvents 0.5
 * @public
 */
export function cdEventName(type: string): CdEventName | undefined {
  const [, name] = /^dev\.cdevents\.([a-z]+\.[a-z]+)\./.exec(type) ?? [];
  return name !== undefined && Object.hasOwn(cdEventVersions, name)
    ? (name as CdEventName)
    : undefined;
}
