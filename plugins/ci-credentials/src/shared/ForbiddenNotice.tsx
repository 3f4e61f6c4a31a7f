import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert, Link, Text } from '@backstage/ui';
import { readContact } from '@waymark/ui';
import type { ReactNode } from 'react';

/**
 * In place of something that the reader may not see: what is missing, and whom
 * to ask.
 *
 * @internal
 */
export function ForbiddenNotice(props: { title: string; children: ReactNode }) {
  const contact = readContact(useApi(configApiRef));
  return (
    <Alert
      status="warning"
      icon
      title={props.title}
      description={
        <Text>
          {props.children} Ask{' '}
          {contact ? (
            <Link href={contact.url}>{contact.name}</Link>
          ) : (
            'the people who run this portal'
          )}{' '}
          if you need it.
        </Text>
      }
    />
  );
}
