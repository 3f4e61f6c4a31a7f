import { parseEntityRef } from '@backstage/catalog-model';
import { MarkdownContent } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Alert, ButtonLink, Flex, Text } from '@backstage/ui';
import {
  RiBookOpenLine,
  RiExternalLinkLine,
  RiGitRepositoryLine,
  RiStackLine,
} from '@remixicon/react';
import { CodeBlock, describeDuration } from '@waymark/ui';
import { useId, type ComponentType } from 'react';
import type { GoldenPathRun } from '../api';
import { linkTarget } from '../paths/linkTarget';
import type { Run } from './readRun';
import { describeSubject } from './RunHeader';
import styles from './RunOutcome.module.css';

const ICONS: Record<string, ComponentType> = {
  catalog: RiStackLine,
  docs: RiBookOpenLine,
  github: RiGitRepositoryLine,
};

function OutputLinks(props: { run: Run }) {
  const toEntity = useRouteRef(entityRouteRef);
  const links = (props.run.output?.links ?? []).flatMap(
    ({ title, icon, url, entityRef }) => {
      const entity = readRef(entityRef);
      const href = url ? linkTarget(url) : entity && toEntity?.(entity);
      return href ? [{ title: title ?? href, icon, href }] : [];
    },
  );
  // The way to what was made comes first
  links.sort(
    (a, b) => Number(b.icon === 'catalog') - Number(a.icon === 'catalog'),
  );
  return (
    <Flex gap="2" style={{ flexWrap: 'wrap' }}>
      {links.map(({ title, icon = '', href }, index) => {
        const Icon = ICONS[icon] ?? RiExternalLinkLine;
        return (
          <ButtonLink
            key={`${title} ${href}`}
            href={href}
            variant={index === 0 ? 'primary' : 'secondary'}
            iconStart={<Icon />}
          >
            {title}
          </ButtonLink>
        );
      })}
    </Flex>
  );
}

/** Undefined for what is none: it may be made of answers to the form. */
function readRef(text: string | undefined) {
  try {
    const ref = parseEntityRef(text ?? '');
    return { ...ref, kind: ref.kind.toLocaleLowerCase('en-US') };
  } catch {
    return undefined;
  }
}

/**
 * What a run that ended well made, and where to go from there.
 *
 * @internal
 */
export function RunOutcome(props: { run: Run; goldenPathRun?: GoldenPathRun }) {
  const { run, goldenPathRun } = props;
  const titleId = useId();
  const repository = goldenPathRun?.created.find(
    ({ kind }) => kind === 'repository',
  );
  const seconds =
    run.endedAt && (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
  const took = seconds ? ` in ${describeDuration(seconds)}` : '';

  return (
    <section aria-labelledby={titleId} className={styles.outcome}>
      <Alert
        status="success"
        icon
        title={
          <span id={titleId}>
            {describeSubject(run)}: done{took}
          </span>
        }
        description={
          <Flex direction="column" gap="3" pt="1">
            {(run.output?.text ?? []).map(({ title, content }) => (
              <div key={`${title} ${content}`}>
                {title && (
                  <Text as="h2" variant="title-x-small" weight="bold">
                    {title}
                  </Text>
                )}
                {content && <MarkdownContent content={content} />}
              </div>
            ))}
            <OutputLinks run={run} />
            {repository && (
              <CodeBlock label="Work on it" copyLabel="Copy the command">
                {`git clone ${repository.url}.git`}
              </CodeBlock>
            )}
          </Flex>
        }
      />
    </section>
  );
}
