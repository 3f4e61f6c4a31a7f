import { Link, Text } from '@backstage/ui';
import type { MetricValue } from '@waymark/plugin-golden-paths-common';
import { describeDuration, formatNumber, formatPercent } from '@waymark/ui';

/** Of the runs that came to an end, how many succeeded. */
export function SuccessRate(props: {
  succeeded: number;
  failed: number;
  /** Where those are that did. */
  address: string;
}) {
  const { succeeded, failed, address } = props;
  const ended = succeeded + failed;
  return ended === 0 ? (
    <Text color="secondary">No run ended</Text>
  ) : (
    <>
      <Text as="div">{formatPercent(succeeded / ended)}</Text>
      <Text as="div" variant="body-small" color="secondary">
        <Link variant="body-small" href={address}>
          {`${formatNumber(succeeded)} of ${formatNumber(ended)}`}
        </Link>
      </Text>
    </>
  );
}

/** How long half of them take, and 9 of 10. */
export function Duration(props: MetricValue) {
  const { value, p90, count } = props;
  return value === undefined ? (
    <Text color="secondary">Unknown</Text>
  ) : (
    <>
      <Text as="div">{describeDuration(value / 1000)}</Text>
      {p90 !== undefined && count > 1 && (
        <Text as="div" variant="body-small" color="secondary">
          {`9 of 10 within ${describeDuration(p90 / 1000)}`}
        </Text>
      )}
    </>
  );
}
