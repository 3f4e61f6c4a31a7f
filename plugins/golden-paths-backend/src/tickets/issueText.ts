import { ticketMark } from './ticketMark';
import { ticketPath } from './ticketPath';
import { contextOf, TicketRow } from './TicketRow';

/**
 * A question as an issue in Markdown. What a person wrote may be formatted, but
 * calls nobody, refers to no other issue, and hides nothing.
 *
 * @param options - `baseUrl`: of the portal, without a slash at the end
 * @internal
 */
export function issueText(
  row: TicketRow,
  options: { baseUrl: string },
): string {
  const { baseUrl } = options;
  const context = contextOf(row);
  const facts: [string, string | undefined][] = [
    ['Asked by', row.created_by],
    ['Squad', row.owner_ref ?? undefined],
    ['About', context.aboutRef],
    ['Golden path', context.templateRef],
    ['Step or rule', context.step],
    ['Run', context.taskId],
    ['Scorecard', context.scorecardRef],
  ];
  return [
    harmless(row.body),
    '',
    '---',
    ...facts.flatMap(([title, value]) =>
      value ? [`- ${title}: ${literal(value)}`] : [],
    ),
    ...(context.page ? [`- Page: <${baseUrl}${context.page}>`] : []),
    `- In the portal: <${baseUrl}${ticketPath(row.id)}>`,
    '',
    ticketMark(row.id),
  ].join('\n');
}

/** Characters that join words, so that nothing is seen of them. */
const JOINER = '\u2060';

function harmless(text: string): string {
  return text
    .replace(/<(?=[!/a-z])/gi, '&lt;')
    .replace(/@(?=[\w-])/g, `@${JOINER}`)
    .replace(/#(?=\d)/g, `#${JOINER}`);
}

function literal(value: string): string {
  return `\`${value.replace(/`/g, "'")}\``;
}
