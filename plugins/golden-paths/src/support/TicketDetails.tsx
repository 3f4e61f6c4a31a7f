import { useApi } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Link,
  Text,
} from '@backstage/ui';
import {
  LoadingLines,
  Markdown,
  Moment,
  ProblemNotice,
  safeUrl,
  useLoaded,
} from '@waymark/ui';
import { useCallback } from 'react';
import { goldenPathsApiRef } from '../api';
import { TaskLink } from '../shared/TaskLink';
import { describeCategory } from './categories';
import { describeAbout } from './describeAbout';

function Details(props: { id: string }) {
  const { id } = props;
  const client = useApi(goldenPathsApiRef);
  const { value, error, retry } = useLoaded(
    useCallback(() => client.getTicket({ id }), [client, id]),
  );
  if (!value) {
    return (
      <>
        <DialogHeader>Question to the platform team</DialogHeader>
        <DialogBody>
          {error === undefined ? (
            <LoadingLines label="Loading the question" lines={4} />
          ) : (
            <ProblemNotice
              title="The question cannot be shown"
              error={error}
              onRetry={retry}
            />
          )}
        </DialogBody>
      </>
    );
  }
  const about = describeAbout(value);
  const url = value.url && safeUrl(value.url);
  return (
    <>
      <DialogHeader>{value.title}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="3">
          <Text as="p" color="secondary">
            {describeCategory(value.category)}, asked{' '}
            <Moment at={value.createdAt} inline />
            {value.createdBy && ` by ${value.createdBy}`}
            {about && `, about ${about}`}.
          </Text>
          <Markdown>{value.text ?? ''}</Markdown>
          {value.page && (
            <Text as="p">
              Asked on <Link href={value.page}>{value.page}</Link>
            </Text>
          )}
          {value.taskId && (
            <Text as="p">
              <TaskLink taskId={value.taskId}>The run</TaskLink>
            </Text>
          )}
          {url && (
            <Text as="p">
              <Link href={url}>In the issue tracker</Link>
            </Text>
          )}
          {value.closedAt && (
            <Text as="p">
              Closed <Moment at={value.closedAt} inline />
              {value.closedBy && ` by ${value.closedBy}`}.
            </Text>
          )}
        </Flex>
      </DialogBody>
    </>
  );
}

/** A question as it was asked. */
export function TicketDetails(props: { id?: string; onClose: () => void }) {
  const { id, onClose } = props;
  return (
    <Dialog
      width={640}
      isOpen={id !== undefined}
      onOpenChange={isOpen => !isOpen && onClose()}
    >
      {id !== undefined && (
        <>
          <Details id={id} />
          <DialogFooter>
            <Button variant="primary" onPress={onClose}>
              Done
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
