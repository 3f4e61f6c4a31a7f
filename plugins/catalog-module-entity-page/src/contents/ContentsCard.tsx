import { RELATION_HAS_PART } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { LoadingLines, ProblemNotice, Section } from '@waymark/ui';
import { relationTargets } from '../entities/readEntity';
import { RowsByKind } from '../entities/RowsByKind';
import { useRelated } from '../neighbours/useNeighbours';

/** The field by which a part says what it belongs to. */
const FIELDS: Record<string, string> = {
  domain: 'spec.domain',
  system: 'spec.system',
  component: 'spec.subcomponentOf',
};

/** What the entity of the page is made of. */
export function ContentsCard() {
  const { entity } = useEntity();
  const { value: related, error, retry } = useRelated();
  const kind = entity.kind.toLowerCase();
  const entities = relationTargets(entity, RELATION_HAS_PART).flatMap(ref => {
    const part = related?.get(ref);
    return part ? [part] : [];
  });

  let content;
  if (error) {
    content = (
      <ProblemNotice
        title={`The parts of this ${kind} could not be read`}
        error={error}
        onRetry={retry}
      />
    );
  } else if (!related) {
    content = <LoadingLines label="Loading its parts" lines={5} />;
  } else if (entities.length === 0) {
    content = (
      <Text color="secondary">
        Nothing yet. What names it in its <code>{FIELDS[kind]}</code> appears
        here.
      </Text>
    );
  } else {
    content = <RowsByKind entities={entities} />;
  }
  return (
    <Section
      title={kind === 'component' ? 'Its parts' : `What is in this ${kind}`}
    >
      {content}
    </Section>
  );
}
