import { Link, Text } from '@backstage/ui';
import type {
  TemplateHealthDetails,
  TemplateRunState,
} from '@waymark/plugin-golden-paths-common';
import { formatNumber } from '@waymark/ui';
import { Duration, SuccessRate } from './runFigures';
import { runsAddress, servicesAddress } from './templateAddress';
import styles from './TemplateDetails.module.css';

/** Some of a number. Of none there is nothing to open. */
function Amount(props: { count: number; address: string; children: string }) {
  const words = `${formatNumber(props.count)} ${props.children}`;
  return props.count === 0 ? (
    <>{words}</>
  ) : (
    <Link variant="body-small" href={props.address}>
      {words}
    </Link>
  );
}

/** A golden path in numbers; each opens onto what is behind it. */
export function Figures(props: {
  template: TemplateHealthDetails;
  weeks: number;
}) {
  const { template, weeks } = props;
  const { templateRef, runs, running, cancelled, services, behind } = template;
  // None is, where the newest version is not known
  const allLatest = template.versions.every(({ current }) => current);
  const runsIn = (state?: TemplateRunState) =>
    runsAddress(templateRef, { state, weeks });
  return (
    <dl className={styles.figures}>
      <div>
        <dt>Runs</dt>
        <dd>
          <Text as="div">
            {runs === 0 ? 0 : <Link href={runsIn()}>{formatNumber(runs)}</Link>}
          </Text>
          <Text as="div" variant="body-small" color="secondary">
            <Amount count={running} address={runsIn('running')}>
              running
            </Amount>
            {', '}
            <Amount count={cancelled} address={runsIn('cancelled')}>
              cancelled
            </Amount>
          </Text>
        </dd>
      </div>
      <div>
        <dt>Succeeded</dt>
        <dd>
          <SuccessRate {...template} address={runsIn('succeeded')} />
        </dd>
      </div>
      <div>
        <dt>Duration</dt>
        <dd>
          <Duration {...template.duration} />
        </dd>
      </div>
      <div>
        <dt>Services that follow it</dt>
        <dd>
          <Text as="div">
            {services === 0 ? (
              0
            ) : (
              <Link href={servicesAddress(templateRef, { weeks })}>
                {formatNumber(services)}
              </Link>
            )}
          </Text>
          <Text as="div" variant="body-small" color="secondary">
            {services > 0 && allLatest && 'all on its latest version'}
            {behind > 0 && (
              <Link
                variant="body-small"
                href={servicesAddress(templateRef, { behind: true, weeks })}
              >
                {formatNumber(behind)} on an older version
              </Link>
            )}
          </Text>
        </dd>
      </div>
    </dl>
  );
}
