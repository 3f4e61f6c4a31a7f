import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button, Flex, Switch, Text } from '@backstage/ui';
import {
  goldenPathsUnmatchedReadPermission,
  type DeliveryEvent,
} from '@waymark/plugin-golden-paths-common';
import { Choice, EmptyState, useAddress, useMore } from '@waymark/ui';
import { useCallback, useState } from 'react';
import { goldenPathsApiRef } from '../api';
import { DocsLink } from '../shared/DocsLink';
import { MoreButton } from '../shared/MoreButton';
import { PageBody } from '../shared/PageBody';
import { describeType, EVENT_TYPES } from './describeEvent';
import { EventDetails } from './EventDetails';
import { EventsTable } from './EventsTable';
import styles from './EventsPage.module.css';

function Nothing(props: { isUnmatched: boolean; isNarrowed: boolean }) {
  if (props.isUnmatched) {
    return (
      <EmptyState headingLevel="h2" title="Every event has its service">
        What is reported about something that the catalog does not know is kept
        here until it does.
      </EmptyState>
    );
  }
  return props.isNarrowed ? (
    <EmptyState headingLevel="h2" title="No event is like that">
      Choose another kind of event, or show all.
    </EmptyState>
  ) : (
    <EmptyState
      headingLevel="h2"
      title="Nothing was reported yet"
      action={<DocsLink />}
    >
      Pipelines, Argo CD, GitHub and trackers of incidents report here what
      happens to services. All metrics of delivery are made of it.
    </EmptyState>
  );
}

/** What happened to services, the latest first. */
export function EventsPage() {
  const client = useApi(goldenPathsApiRef);
  const [query, change] = useAddress();
  const { allowed: maySeeUnmatched } = usePermission({
    permission: goldenPathsUnmatchedReadPermission,
  });
  const type = query.get('type') ?? undefined;
  const entityRef = query.get('entityRef') ?? undefined;
  const eventId = query.get('eventId') ?? undefined;
  const source = query.get('source') ?? undefined;
  const unmatched = query.get('unmatched') === 'true' || undefined;
  const list = useMore(
    useCallback(
      (cursor: string | undefined, signal: AbortSignal) =>
        client.getEvents(
          { type, entityRef, eventId, source, unmatched, cursor, limit: 50 },
          { signal },
        ),
      [client, type, entityRef, eventId, source, unmatched],
    ),
  );
  const [opened, setOpened] = useState<DeliveryEvent>();
  const one = entityRef ?? eventId ?? source;
  const isEmpty = list.items?.length === 0 && !list.isLoading && !list.error;

  return (
    <PageBody>
      <Flex direction="column" gap="4">
        <div className={styles.filters}>
          <div className={styles.type}>
            <Choice
              label="What happened"
              any="Everything"
              value={type}
              options={EVENT_TYPES.map(id => ({ id, label: describeType(id) }))}
              onChange={value => change({ type: value })}
            />
          </div>
          {maySeeUnmatched && (
            <Switch
              label="Only of services that the catalog does not know"
              isSelected={unmatched === true}
              onChange={isOn =>
                change({ unmatched: isOn ? 'true' : undefined })
              }
            />
          )}
        </div>
        {one !== undefined && (
          <Alert
            status="info"
            icon
            title={
              eventId === undefined
                ? `Only events of ${entityRef ?? source}`
                : `Only the event ${eventId}`
            }
            customActions={
              <Button
                size="small"
                variant="secondary"
                onPress={() =>
                  change({
                    entityRef: undefined,
                    eventId: undefined,
                    source: undefined,
                  })
                }
              >
                Show all
              </Button>
            }
          />
        )}
        {isEmpty ? (
          <Nothing
            isUnmatched={unmatched === true}
            isNarrowed={type !== undefined || one !== undefined}
          />
        ) : (
          (list.items || !list.error) && (
            <EventsTable
              events={list.items}
              isStale={list.isLoading && list.items !== undefined}
              onOpen={setOpened}
            />
          )
        )}
        <MoreButton list={list} problem="The events cannot be shown" />
        {!isEmpty && (
          <Text as="p" variant="body-small" color="secondary">
            Observed: the sender saw it happen. Claimed: a pipeline says so;
            deployments that are only claimed are in no metric.
          </Text>
        )}
        <EventDetails event={opened} onClose={() => setOpened(undefined)} />
      </Flex>
    </PageBody>
  );
}
