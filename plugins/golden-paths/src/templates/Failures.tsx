import { Link, Text } from '@backstage/ui';
import type { TemplateHealthDetails } from '@waymark/plugin-golden-paths-common';
import { formatNumber, ScrollTable, Section } from '@waymark/ui';
import { TaskLink } from '../shared/TaskLink';
import { runsAddress } from './templateAddress';
import styles from './TemplateDetails.module.css';

/** At which steps of a golden path runs failed, and how often. */
export function Failures(props: {
  template: TemplateHealthDetails;
  weeks: number;
}) {
  const { template, weeks } = props;
  const { templateRef, failures } = template;
  return (
    <Section title="Where runs fail">
      {failures.length === 0 ? (
        <Text as="p">No run failed.</Text>
      ) : (
        <ScrollTable caption="Steps at which runs fail" isCaptionHidden>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Times</th>
              <th scope="col">What it said last</th>
            </tr>
          </thead>
          <tbody>
            {failures.map(({ id, name, count, lastError, lastTaskId }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>
                  <Link href={runsAddress(templateRef, { step: id, weeks })}>
                    {formatNumber(count)}
                  </Link>
                </td>
                <td className={styles.words}>
                  {lastError}{' '}
                  {lastTaskId && (
                    <TaskLink taskId={lastTaskId}>Open the run</TaskLink>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Section>
  );
}
