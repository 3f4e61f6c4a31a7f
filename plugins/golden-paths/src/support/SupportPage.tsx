import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Container, Flex, Switch } from '@backstage/ui';
import type { Ticket } from '@waymark/plugin-golden-paths-common';
import {
  Choice,
  describeError,
  EmptyState,
  FilterFields,
  useAddress,
  useMore,
} from '@waymark/ui';
import { useCallback, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { goldenPathsApiRef } from '../api';
import { MoreButton } from '../shared/MoreButton';
import { AskButton } from './AskButton';
import { TicketDetails } from './TicketDetails';
import { TicketsTable } from './TicketsTable';

const STATES = [
  { id: 'open', label: 'Open' },
  { id: 'closed', label: 'Closed' },
];

/** What the reader asked the platform team; what everybody asked, for that team. */
export function SupportPage() {
  const client = useApi(goldenPathsApiRef);
  const { pathname } = useLocation();
  const [query, change] = useAddress();
  const state = query.get('state') ?? undefined;
  const mine = query.get('mine') === 'true' || undefined;
  const opened = query.get('ticket') ?? undefined;
  const open = state === 'open' || (state === 'closed' ? false : undefined);
  const list = useMore(
    useCallback(
      (cursor: string | undefined, signal: AbortSignal) =>
        client.getTickets({ mine, open, cursor, limit: 25 }, { signal }),
      [client, mine, open],
    ),
  );
  const [done, setDone] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const manages = list.first?.manages === true;
  const isEmpty = list.items?.length === 0 && !list.isLoading && !list.error;
  const filters = query.toString();
  const addressOf = useCallback(
    ({ id }: Ticket) => {
      const next = new URLSearchParams(filters);
      next.set('ticket', id);
      return `${pathname}?${next}`;
    },
    [filters, pathname],
  );

  const { reload } = list;
  const close = async (ticket: Ticket) => {
    setDone(undefined);
    setProblem(undefined);
    try {
      await client.closeTicket({ id: ticket.id });
      setDone(`Closed: ${ticket.title}`);
      reload();
    } catch (error) {
      setProblem(`“${ticket.title}” is still open: ${describeError(error)}`);
    }
  };

  return (
    <Container>
      <Flex direction="column" gap="4">
        <Flex
          align="end"
          justify="between"
          gap="4"
          style={{ flexWrap: 'wrap' }}
        >
          <FilterFields>
            <Choice
              label="State"
              any="All"
              value={state}
              options={STATES}
              onChange={value => change({ state: value })}
            />
            {(manages || mine) && (
              <Switch
                label="Only what I asked"
                isSelected={mine === true}
                onChange={isOn => change({ mine: isOn ? 'true' : undefined })}
              />
            )}
          </FilterFields>
          <AskButton about={{}} />
        </Flex>
        <div>
          <div role="status">
            {done && <Alert status="success" icon title={done} />}
          </div>
          <div role="alert">
            {problem && <Alert status="danger" icon title={problem} />}
          </div>
        </div>
        {isEmpty && (
          <EmptyState
            headingLevel="h2"
            title={
              open === undefined
                ? 'Nothing was asked yet'
                : 'Nothing is like that'
            }
          >
            {open === undefined
              ? `Wherever you are stuck, on a form, a run or a rule, you can ask the platform team. What ${
                  manages ? 'was asked here' : 'you asked'
                }, and when it was closed, stands here. Tickets of an issue tracker stand there, and count in the support load.`
              : 'Choose another state, or show all.'}
          </EmptyState>
        )}
        {!isEmpty && (list.items || !list.error) && (
          <TicketsTable
            tickets={list.items}
            isStale={list.isLoading && list.items !== undefined}
            addressOf={addressOf}
            onClose={manages ? close : undefined}
          />
        )}
        <MoreButton list={list} problem="The questions cannot be shown" />
        <TicketDetails
          id={opened}
          onClose={() => change({ ticket: undefined })}
        />
      </Flex>
    </Container>
  );
}
