import { Card, CardBody, Text } from '@backstage/ui';
import type { FirstStepsRow } from '@waymark/plugin-golden-paths-common';
import { EntityLink, Moment, NamedEntityLink } from '@waymark/ui';
import { StepLine } from './StepLine';
import { Stuck } from './Stuck';
import styles from './NewService.module.css';

/** One new service: who asked for what and when, how far it is, where it is stuck. */
export function NewService(props: { row: FirstStepsRow }) {
  const { row } = props;
  const { entityRef, title, ownerRef, templateRef, requestedBy, steps } = row;
  return (
    <Card>
      <CardBody>
        <div className={styles.service}>
          <div className={styles.head}>
            <Text as="h2" variant="title-x-small" weight="bold">
              {entityRef ? (
                <EntityLink entityRef={entityRef} title={title} />
              ) : (
                title
              )}
            </Text>
            <Text as="p" variant="body-small" color="secondary">
              {steps.requested && (
                <>
                  Requested <Moment at={steps.requested} inline />
                </>
              )}
              {requestedBy && (
                <>
                  {' '}
                  by <NamedEntityLink entityRef={requestedBy} />
                </>
              )}
              {ownerRef && (
                <>
                  {' '}
                  for <NamedEntityLink entityRef={ownerRef} />
                </>
              )}
              {templateRef && (
                <>
                  , with <NamedEntityLink entityRef={templateRef} />
                </>
              )}
              {row.sample && ' · Sample'}
            </Text>
          </div>
          <StepLine row={row} />
          {row.stuck && <Stuck stuck={row.stuck} />}
        </div>
      </CardBody>
    </Card>
  );
}
