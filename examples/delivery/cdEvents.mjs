/** Of CDEvents 0.5, for what the sample tells of. */
const versions = { 'ticket.created': '0.2.0', 'ticket.closed': '0.2.0' };

/** Who says so. Those that observe are listed in examples/app-config.yaml. */
export const sources = {
  pipelines: 'https://ci.kestrelvale.example',
  clusters: 'https://argocd.kestrelvale.example',
  alarms: 'https://alarms.kestrelvale.example',
  helpDesk: 'https://help.kestrelvale.example',
  // The portal's own word for runs of golden paths
  goldenPaths: '/api/scaffolder',
};

/**
 * A CDEvent in a CloudEvent, marked as a sample.
 *
 * @param {object} event
 * @param {string} event.id the same whenever it is made
 * @param {number} event.at milliseconds
 */
export function cloudEvent({
  id,
  type,
  at,
  source,
  entity,
  subject,
  content = {},
  chainId,
  customData,
}) {
  const fullType = `dev.cdevents.${type}.${versions[type] ?? '0.3.0'}`;
  const time = new Date(at).toISOString();
  return {
    specversion: '1.0',
    id,
    source,
    type: fullType,
    time,
    subject,
    datacontenttype: 'application/json',
    entityref: `component:default/${entity}`,
    sample: true,
    data: {
      context: {
        specversion: '0.5.1',
        id,
        source,
        type: fullType,
        timestamp: time,
        ...(chainId && { chainId }),
      },
      subject: { id: subject, content },
      ...(customData && { customData }),
    },
  };
}
