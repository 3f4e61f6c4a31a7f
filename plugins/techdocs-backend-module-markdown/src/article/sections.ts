import { Token } from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { languageOf } from './codeBlocks';
import { Heading, plainText } from './headings';

/**
 * A heading and the text up to the next one, for search.
 *
 * @internal
 */
export interface Section {
  /** Undefined for what stands before the first heading. */
  heading?: Heading;
  text: string;
}

function textOf(token: Token): string {
  switch (token.type) {
    case 'inline':
      return plainText(token);
    case 'fence':
      // A reader sees the drawing, not these words
      return languageOf(token) === 'mermaid' ? '' : token.content.trim();
    case 'code_block':
      return token.content.trim();
    case 'html_block':
      return sanitizeHtml(token.content, { allowedTags: [] }).trim();
    default:
      return '';
  }
}

/** @internal */
export function readSections(tokens: Token[], headings: Heading[]): Section[] {
  const byId = new Map(headings.map(heading => [heading.id, heading]));
  const sections: Array<{ heading?: Heading; parts: string[] }> = [
    { parts: [] },
  ];
  let isHeading = false;
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      isHeading = true;
      sections.push({
        heading: byId.get(token.attrGet('id') ?? ''),
        parts: [],
      });
    } else if (token.type === 'heading_close') {
      isHeading = false;
    } else if (!isHeading) {
      const text = textOf(token);
      if (text !== '') {
        sections[sections.length - 1].parts.push(text);
      }
    }
  }
  return sections.map(({ heading, parts }) => ({
    heading,
    text: parts.join('\n'),
  }));
}
