import { Progress } from '@backstage/core-components';
import { ResponseError } from '@backstage/errors';
import {
  isResourcePermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Container } from '@backstage/ui';
import type { ReactNode } from 'react';
import { matchPath, useLocation, useResolvedPath } from 'react-router-dom';
import { ForbiddenPage } from './ForbiddenPage';
import type { Gate } from './gates';

function toQuestion(permission: Permission, resourceRef?: string) {
  return isResourcePermission(permission)
    ? { permission, resourceRef }
    : { permission };
}

function OpenGate(props: {
  gate: Gate;
  resourceRef?: string;
  children: ReactNode;
}) {
  const { gate, resourceRef, children } = props;
  const { loading, allowed, error } = usePermission(
    toQuestion(gate.permission, resourceRef),
  );
  if (loading) {
    return <Progress />;
  }
  const isMissing = error instanceof ResponseError && error.statusCode === 404;
  if (error && !isMissing) {
    return (
      <Container>
        <Alert
          role="alert"
          status="danger"
          icon
          title="The portal could not find out whether this page is open to you"
          description={`${error.message}. Reload the page to try again.`}
        />
      </Container>
    );
  }
  return allowed ? (
    <>{children}</>
  ) : (
    <ForbiddenPage what={gate.what} who={gate.who} />
  );
}

/** A page whose parts ask for permissions of their own. */
export function GatedPage(props: { gates: Gate[]; children: ReactNode }) {
  const { pathname } = useLocation();
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');
  for (const gate of props.gates) {
    const match = matchPath(`${base}/${gate.path}`, pathname);
    if (match) {
      const resourceRef = gate.resource && match.params[gate.resource];
      return (
        <OpenGate
          key={`${gate.path} ${resourceRef}`}
          gate={gate}
          resourceRef={resourceRef}
        >
          {props.children}
        </OpenGate>
      );
    }
  }
  return <>{props.children}</>;
}
