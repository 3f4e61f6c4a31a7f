import { z } from 'zod';
import { eventLimits } from '../eventLimits';

const { id, source, text, links } = eventLimits;

/** Names and ids: one line that every database keeps as it is. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters');

/**
 * In which ways an event has to be smaller and cleaner than the specification
 * asks for; see {@link eventLimits}.
 *
 * @internal
 */
export const limitsSchema = z.object({
  context: z.object({
    specversion: z
      .string()
      .regex(/^0\.5\.\d{1,3}$/, 'has to be 0.5.x, the version of CDEvents'),
    id: line(id),
    source: line(source),
    schemaUri: z.string().max(source).optional(),
    chainId: line(id).optional(),
    links: z.array(z.unknown()).max(links).optional(),
  }),
  subject: z.object({
    id: line(source),
    source: line(source).or(z.literal('')).optional(),
    content: z.unknown().superRefine((content, ctx) => {
      for (const { path, problem } of textProblems(content)) {
        ctx.addIssue({ code: 'custom', message: problem, path });
      }
    }),
  }),
  customDataContentType: z.string().max(id).optional(),
});

/** By the name of the field; the rest is text of any kind. */
const maxima: Record<string, number> = {
  id,
  source,
  artifactId: eventLimits.artifact,
  uri: eventLimits.url,
  viewUrl: eventLimits.url,
  ticketURI: eventLimits.url,
};

function* textProblems(
  value: unknown,
  path: string[] = [],
): Generator<{ path: string[]; problem: string }> {
  if (typeof value === 'string') {
    const field = path[path.length - 1];
    const isLine = Object.hasOwn(maxima, field);
    const max = isLine ? maxima[field] : text;
    if (value.length > max) {
      yield { path, problem: `must have at most ${max} characters` };
    }
    if (isLine && /\p{Cc}/u.test(value)) {
      yield { path, problem: 'must not contain control characters' };
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* textProblems(item, [...path, key]);
    }
  }
}
