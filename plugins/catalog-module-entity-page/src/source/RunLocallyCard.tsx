import type { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { CodeBlock, Section } from '@waymark/ui';
import { readSource } from './readSource';

const ANNOTATION_RUN_LOCALLY = 'waymark.dev/run-locally';

/** What a reader cannot see, or sees in another place than it is in. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What is copied into a terminal is what was read, sign by sign. */
function showUnseen(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(UNSEEN, sign => (/[\n\t]/.test(sign) ? sign : '\uFFFD'));
}

/** As one argument of a shell, whatever it contains. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** What to type to have the entity run on one's own machine. */
function runCommands(entity: Entity): string | undefined {
  const steps = entity.metadata.annotations?.[ANNOTATION_RUN_LOCALLY]?.trim();
  const clone = readSource(entity)?.clone;
  if (!steps && !clone) {
    return undefined;
  }
  const folder = clone && [clone.name, clone.folder].filter(Boolean).join('/');
  const commands = [
    ...(clone && folder
      ? [`git clone ${quote(clone.cloneUrl)}`, `cd ${quote(folder)}`]
      : []),
    ...(steps ? [steps] : []),
  ];
  return showUnseen(commands.join('\n'));
}

/** How to run the entity of the page locally. */
export function RunLocallyCard() {
  const { entity } = useEntity();
  const commands = runCommands(entity);
  const hasSteps = Boolean(
    entity.metadata.annotations?.[ANNOTATION_RUN_LOCALLY]?.trim(),
  );
  const source = readSource(entity);
  if (!commands) {
    return null;
  }
  return (
    <Section title={hasSteps ? 'Run it locally' : 'Get the code'}>
      <CodeBlock label="Commands" copyLabel="Copy commands">
        {commands}
      </CodeBlock>
      {!hasSteps && source && (
        <Text variant="body-small" color="secondary">
          How it is run from there is for its{' '}
          <Link href={source.url} target="_blank" rel="noopener noreferrer">
            README
          </Link>{' '}
          to say. Its owner can put the commands here, with the annotation{' '}
          <code>{ANNOTATION_RUN_LOCALLY}</code>.
        </Text>
      )}
    </Section>
  );
}
