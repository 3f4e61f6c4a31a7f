import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

/** What a name of a fact may be; the engine refuses others. */
const NAME =
  /^(?!(?:.*\.)?(?:constructor|prototype)(?:\.|$))[a-zA-Z][a-zA-Z0-9_]{0,62}(\.[a-zA-Z][a-zA-Z0-9_]{0,62}){0,4}$/;
const UNITS = {
  weeks: 7 * 24 * 3_600_000,
  days: 24 * 3_600_000,
  hours: 3_600_000,
  minutes: 60_000,
};
/** What is said at once; more would bury the first. */
const PROBLEMS = 5;

const length = z.number().nonnegative().optional();
const itemSchema = z.strictObject({
  entityRef: z.string().transform((ref, context) => {
    try {
      return stringifyEntityRef(parseEntityRef(ref));
    } catch {
      context.addIssue({
        code: 'custom',
        message: `no entity is called "${ref}"; write it as component:default/name`,
      });
      return z.NEVER;
    }
  }),
  facts: z.record(
    z
      .string()
      .regex(
        NAME,
        'no name of a fact: up to five words of letters, digits and _ with dots between them',
      ),
    z.json(),
  ),
  observedAt: z.iso
    .datetime({
      offset: true,
      error: 'no time with its zone, such as 2026-11-20T08:00:00Z',
    })
    .optional(),
  age: z
    .strictObject({
      weeks: length,
      days: length,
      hours: length,
      minutes: length,
    })
    .optional(),
});
const fileSchema = z.array(
  itemSchema.refine(item => !(item.observedAt && item.age), {
    message: 'has both observedAt and age; leave one of them out',
  }),
);

/**
 * A fact of a file, with its time: a moment, or how long before now.
 *
 * @internal
 */
export interface FactOfFile {
  name: string;
  value: JsonValue;
  /** Milliseconds since 1970. */
  observedAt?: number;
  /** Milliseconds. */
  age?: number;
}

/**
 * Reads what a file of facts says, by the ref of the entity.
 *
 * @throws InputError with line and field of what is wrong
 * @internal
 */
export function parseFactFile(text: string): Map<string, FactOfFile[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    throw new InputError(error.message);
  }

  const at = (path: PropertyKey[]) => {
    for (let end = path.length; end >= 0; end--) {
      const node = document.getIn(path.slice(0, end), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) {
        return `line ${lines.linePos(node.range[0]).line}, ${nameOf(path)}`;
      }
    }
    return nameOf(path);
  };

  const parsed = fileSchema.safeParse(document.toJS() ?? []);
  if (!parsed.success) {
    const { issues } = parsed.error;
    throw new InputError(
      [
        ...issues
          .slice(0, PROBLEMS)
          .map(issue => `${at(issue.path)}: ${messageOf(issue)}`),
        ...(issues.length > PROBLEMS
          ? [`and ${issues.length - PROBLEMS} more`]
          : []),
      ].join('; '),
    );
  }

  const found = new Map<string, FactOfFile[]>();
  for (const [index, item] of parsed.data.entries()) {
    const facts = found.get(item.entityRef) ?? [];
    found.set(item.entityRef, facts);
    for (const [name, value] of Object.entries(item.facts)) {
      if (facts.some(fact => fact.name === name)) {
        throw new InputError(
          `${at([index, 'facts', name])}: ${item.entityRef} has it twice`,
        );
      }
      facts.push({
        name,
        value,
        observedAt: item.observedAt ? Date.parse(item.observedAt) : undefined,
        age: item.age && millisecondsOf(item.age),
      });
    }
  }
  return found;
}

/** Of the key itself, where a key is wrong. */
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_key' ? issue.issues[0].message : issue.message;
}

function millisecondsOf(age: { [unit in keyof typeof UNITS]?: number }) {
  return Object.entries(UNITS).reduce(
    (sum, [unit, factor]) =>
      sum + (age[unit as keyof typeof UNITS] ?? 0) * factor,
    0,
  );
}

function nameOf(path: PropertyKey[]): string {
  return (
    path.reduce<string>((text, part) => {
      if (typeof part === 'number') {
        return `${text}[${part}]`;
      }
      const word = String(part);
      return /^\w+$/.test(word)
        ? `${text}${text && '.'}${word}`
        : `${text}[${JSON.stringify(word)}]`;
    }, '') || 'the file'
  );
}
