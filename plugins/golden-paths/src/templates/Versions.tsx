import { Link, Text } from '@backstage/ui';
import type { TemplateHealthDetails } from '@waymark/plugin-golden-paths-common';
import { formatNumber, ScrollTable, Section } from '@waymark/ui';
import { nameOfVersion } from './nameOfVersion';
import { servicesAddress } from './templateAddress';

/** Which versions of a golden path services have. */
export function Versions(props: {
  template: TemplateHealthDetails;
  weeks: number;
}) {
  const { template, weeks } = props;
  const { templateRef, versions } = template;
  return (
    <Section title="Versions in use">
      {versions.length === 0 ? (
        <Text as="p">No service follows it yet.</Text>
      ) : (
        <ScrollTable caption="Services by version" isCaptionHidden>
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Services</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ version, current, services }) => (
              <tr key={version}>
                <th scope="row" title={version}>
                  {nameOfVersion(version)}
                  {current && ' (latest)'}
                </th>
                <td>
                  <Link
                    href={servicesAddress(templateRef, {
                      version: version || 'none',
                      weeks,
                    })}
                  >
                    {formatNumber(services)}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Section>
  );
}
