import { useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { Section } from '@waymark/ui';
import { entityRouteRef } from '../routes';
import { ServiceFacts } from '../service/ServiceSection';
import { describeState } from '../shared/StateMark';
import { usePipeline } from '../shared/usePipeline';

/**
 * How the service of the page runs on this machine. Nothing where it has no
 * pipeline: the tab says why.
 */
export function ServiceCard() {
  const { value } = usePipeline({ limit: 1 });
  const tab = useRouteRef(entityRouteRef)?.();
  const [latest] = value?.runs ?? [];
  if (!value || !latest) {
    return null;
  }
  const { service } = value;
  return (
    <Section
      title={`Running service: ${service.environment}`}
      action={tab && <Link href={tab}>Pipeline</Link>}
    >
      <ServiceFacts service={service} />
      <Text color="secondary">
        Latest run: {describeState(latest.state).toLocaleLowerCase('en-US')}
      </Text>
    </Section>
  );
}
