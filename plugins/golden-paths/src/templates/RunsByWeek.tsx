import { Link, Text } from '@backstage/ui';
import type { TemplateHealthDetails } from '@waymark/plugin-golden-paths-common';
import { describeDay, formatNumber, ScrollTable, Section } from '@waymark/ui';
import { runsAddress } from './templateAddress';
import styles from './RunsByWeek.module.css';

/** How many runs there were each week, and how many of them failed. */
export function RunsByWeek(props: {
  templateRef: string;
  trend: TemplateHealthDetails['trend'];
}) {
  const { templateRef } = props;
  const weeks = props.trend.filter(({ runs }) => runs > 0);
  const most = Math.max(1, ...weeks.map(({ runs }) => runs));
  return (
    <Section title="By week">
      {weeks.length === 0 ? (
        <Text as="p">No run within this time.</Text>
      ) : (
        <ScrollTable caption="Runs by week" isCaptionHidden maxHeight="20rem">
          <thead>
            <tr>
              <th scope="col">Week of</th>
              <th scope="col">Runs</th>
              <th scope="col">Failed</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {weeks.map(({ week, runs, failed }) => (
              <tr key={week}>
                <th scope="row">{describeDay(new Date(`${week}T12:00`))}</th>
                <td>
                  <Link href={runsAddress(templateRef, { week })}>
                    {formatNumber(runs)}
                  </Link>
                </td>
                <td>
                  {failed > 0 ? (
                    <Link
                      href={runsAddress(templateRef, { week, state: 'failed' })}
                    >
                      {formatNumber(failed)}
                    </Link>
                  ) : (
                    0
                  )}
                </td>
                <td className={styles.place}>
                  <div
                    aria-hidden="true"
                    className={styles.bar}
                    style={{ width: `${(100 * runs) / most}%` }}
                  >
                    <div
                      className={styles.failed}
                      style={{ width: `${(100 * failed) / runs}%` }}
                    />
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Section>
  );
}
