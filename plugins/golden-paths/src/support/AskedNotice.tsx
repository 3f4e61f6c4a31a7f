import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Link,
  Text,
} from '@backstage/ui';
import type { Ticket } from '@waymark/plugin-golden-paths-common';
import { safeUrl } from '@waymark/ui';
import { rootRouteRef } from '../routes';

/** Where the question is now. */
export function AskedNotice(props: { ticket: Ticket }) {
  const { ticket } = props;
  const toRoot = useRouteRef(rootRouteRef);
  const page = toRoot && `${toRoot()}/support?ticket=${ticket.id}`;
  const url = ticket.url && safeUrl(ticket.url);
  return (
    <>
      <DialogHeader>The platform team has your question</DialogHeader>
      <DialogBody>
        <Text as="p">
          “{ticket.title}” is{' '}
          {page ? <Link href={page}>among your questions</Link> : 'kept'}, where
          you see when it is closed
          {url && (
            <>
              {', and in the '}
              <Link href={url}>issue tracker</Link>
            </>
          )}
          .
        </Text>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" slot="close">
          Close
        </Button>
      </DialogFooter>
    </>
  );
}
