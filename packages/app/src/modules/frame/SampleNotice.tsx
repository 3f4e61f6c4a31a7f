import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { RiFlaskLine } from '@remixicon/react';
import { useLocation } from 'react-router-dom';
import styles from './SampleNotice.module.css';

/**
 * One line on every page while the portal shows a sample organisation, so that
 * nobody takes it for their own. Nothing without `sample` in the configuration.
 */
export function SampleNotice(props: {
  /** Leaves the link out: before sign-in it would lead back here. */
  withoutLink?: boolean;
}) {
  const sample = useApi(configApiRef).getOptionalConfig('sample');
  const { pathname } = useLocation();
  if (!sample) {
    return null;
  }
  const leave = sample.getString('leave');
  const isThere = pathname.replace(/\/$/, '') === leave.replace(/\/$/, '');
  return (
    <aside className={styles.notice} aria-label="Sample data">
      <RiFlaskLine size={14} aria-hidden="true" />
      <Text variant="body-small">
        Sample data: {sample.getString('organization')}
      </Text>
      {!props.withoutLink && !isThere && (
        <Link href={leave} variant="body-small">
          Use your own
        </Link>
      )}
    </aside>
  );
}
