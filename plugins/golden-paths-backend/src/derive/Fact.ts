import { SourceEvent } from './Derived';
import { readText, readTitle, readUrl, shortName } from './texts';

type Fields = Record<string, unknown>;

/**
 * What an event says, as far as anything is derived from it.
 *
 * @internal
 */
export interface Fact {
  event: SourceEvent;
  /** Of what it happened to: things are known by it, whoever speaks of them. */
  subjectId: string;
  content: Fields;
  custom: Fields;
  chainId?: string;
  /** Ids of events that it names as before it. */
  links: string[];
  /** The commit that it is about. */
  revision?: string;
  /** The artifact that it is about. */
  artifact?: string;
  /** Lower case. */
  environment?: string;
  url?: string;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/**
 * Whatever the kind of a link is: its sender must have known the other event, so
 * that came first.
 */
function readLinks(links: unknown): string[] {
  return (Array.isArray(links) ? links : []).flatMap(link => {
    const { from, target } = fieldsOf(link);
    return [fieldsOf(from).contextId, fieldsOf(target).contextId].flatMap(
      id => readText(id) ?? [],
    );
  });
}

/**
 * Environments are told apart without regard to case: senders do not agree.
 *
 * @internal
 */
export function environmentName(id: unknown): string | undefined {
  const text = readText(id);
  return text && shortName(text.toLowerCase());
}

/** @internal */
export function readFact(event: SourceEvent): Fact {
  const { context, subject, customData } = event.data;
  const content = fieldsOf(subject.content);
  const custom = fieldsOf(customData);
  return {
    event,
    subjectId: shortName(subject.id),
    content,
    custom,
    chainId: readText(context.chainId),
    links: readLinks(context.links),
    revision: (
      readTitle(custom.revision, 255) ?? readTitle(custom.commit, 255)
    )?.toLowerCase(),
    artifact:
      event.type === 'artifact.published'
        ? readTitle(subject.id)
        : readTitle(content.artifactId) ?? readTitle(custom.artifactId),
    environment:
      environmentName(fieldsOf(content.environment).id) ??
      environmentName(custom.environment),
    url: readUrl(custom.url) ?? readUrl(content.uri),
  };
}
