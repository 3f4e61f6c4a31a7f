import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { Box, Text } from '@backstage/ui';
import { FieldMessage } from '@waymark/ui';
import { useEffect, useRef, useState } from 'react';
import { leaveOut, missingNeed, settle, takeBack } from '../parts/leaveOut';
import { readLeftOut, readParts, type LeftOut } from '../parts/Part';
import { PartChoice } from './PartChoice';
import styles from './GoldenPathParts.module.css';

/** @internal */
export const goldenPathPartsSchema = makeFieldSchema({
  output: z => z.array(z.object({ part: z.string(), reason: z.string() })),
  uiOptions: z =>
    z.object({
      needs: z
        .record(z.array(z.string()))
        .optional()
        .describe('For each part, the parts without which it makes no sense'),
    }),
});

function enumerate(titles: string[]): string {
  return titles.length < 2
    ? titles.join()
    : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
}

/**
 * The parts of what a path makes. All of them are in it; one that is left out
 * wants a reason, and takes those along that need it.
 *
 * @internal
 */
export function GoldenPathParts(props: typeof goldenPathPartsSchema.TProps) {
  const { formData, idSchema, onChange, schema, uiSchema } = props;
  const id = idSchema.$id;
  const parts = readParts(schema, uiSchema['ui:options']?.needs);
  const given = readLeftOut(formData);
  const leftOut = settle(given, parts);
  const [said, setSaid] = useState<string>();
  // What was typed comes back with the part that is left out again
  const reasons = useRef(new Map<string, string>());

  // A link may have left out what another part needs
  const isSettled = JSON.stringify(given) === JSON.stringify(leftOut);
  useEffect(() => {
    if (!isSettled) {
      onChange(leftOut);
    }
    // Whatever is changed here is settled already
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isSettled]);

  const titles = (entries: LeftOut[]) =>
    parts
      .filter(({ name }) => entries.some(({ part }) => part === name))
      .map(({ title }) => title);
  const without = (entries: LeftOut[], others: LeftOut[]) =>
    entries.filter(({ part }) => !others.some(other => other.part === part));

  const change = (next: LeftOut[]) => onChange(next.length ? next : undefined);

  const toggle = (name: string, title: string, isIn: boolean) => {
    const next = isIn
      ? takeBack(name, leftOut, parts)
      : leaveOut(
          { part: name, reason: reasons.current.get(name) ?? '' },
          leftOut,
          parts,
        );
    const others = titles(
      isIn ? without(leftOut, next) : without(next, leftOut),
    ).filter(other => other !== title);
    const verb = isIn ? 'in again' : 'left out';
    setSaid(
      others.length > 0
        ? `${enumerate(others)} ${
            others.length > 1 ? 'are' : 'is'
          } ${verb}, too, with ${title}.`
        : undefined,
    );
    change(next);
  };

  const summary =
    leftOut.length === 0
      ? 'Everything is in it.'
      : `${leftOut.length} ${
          leftOut.length === 1 ? 'part' : 'parts'
        } left out: ${enumerate(titles(leftOut))}.`;

  return (
    <Box mb="3">
      <div
        role="group"
        aria-labelledby={`${id}__title`}
        aria-describedby={`${id}__description ${id}__error`}
      >
        <Text as="div" id={`${id}__title`} weight="bold">
          {schema.title ?? 'Parts'}
        </Text>
        <Text
          as="div"
          id={`${id}__description`}
          variant="body-small"
          color="secondary"
        >
          {uiSchema['ui:description'] ?? schema.description}
        </Text>
        <ul className={styles.parts}>
          {parts.map(part => {
            const index = leftOut.findIndex(entry => entry.part === part.name);
            return (
              <PartChoice
                key={part.name}
                id={`${id}_${part.name}`}
                part={part}
                reason={leftOut[index]?.reason}
                goesWith={
                  index < 0 ? undefined : missingNeed(part, parts, leftOut)
                }
                isRefused={(props.rawErrors ?? []).length > 0}
                isDisabled={props.disabled || props.readonly}
                onToggle={isIn => toggle(part.name, part.title, isIn)}
                onReason={reason => {
                  reasons.current.set(part.name, reason);
                  change(
                    leftOut.map(entry =>
                      entry.part === part.name ? { ...entry, reason } : entry,
                    ),
                  );
                }}
              />
            );
          })}
        </ul>
      </div>
      <FieldMessage id={`${id}__summary`} tone="note">
        {said ? `${said} ${summary}` : summary}
      </FieldMessage>
    </Box>
  );
}
