import { InputError } from '@backstage/errors';
import { CST, Lexer } from 'yaml';
import { EntityFileLimits } from './EntityFileLimits';

/*
 * The YAML parser takes time that grows with the square of the number of keys of
 * a mapping and of the number of aliases: a mapping of 140 kB stops the whole
 * backend for 7 seconds, one of 1 MB for minutes. Its lexer takes linear time, so
 * that a file is measured with it first. One line `key: value` is 7 tokens; text
 * behind `|` is one, however long. With the numbers below the worst file takes
 * well under a second.
 */
const MAX_TOKENS_OF_DOCUMENT = 10_000;
const MAX_TOKENS = 50_000;
const MAX_ALIASES = 100;
const MAX_BRACKETS = 64;

/**
 * Refuses text that would be expensive to parse as YAML, without parsing it.
 *
 * @throws InputError with the reason
 * @internal
 */
export function checkYaml(text: string, limits: EntityFileLimits): void {
  let tokens = 0;
  let tokensOfDocument = 0;
  let documents = 1;
  let aliases = 0;
  let brackets = 0;

  for (const lexeme of new Lexer().lex(text)) {
    tokens++;
    tokensOfDocument++;
    switch (CST.tokenType(lexeme)) {
      case 'doc-start':
        documents++;
        tokensOfDocument = 0;
        brackets = 0;
        break;
      case 'alias':
        aliases++;
        break;
      case 'flow-seq-start':
      case 'flow-map-start':
        brackets++;
        break;
      case 'flow-seq-end':
      case 'flow-map-end':
        brackets--;
        break;
      default:
    }
    // The first document may or may not begin with a line of dashes
    if (documents > limits.maxEntities + 1) {
      throw new InputError(
        `has more than ${limits.maxEntities} YAML documents`,
      );
    }
    if (tokensOfDocument > MAX_TOKENS_OF_DOCUMENT || tokens > MAX_TOKENS) {
      throw new InputError(
        'is too complex: it has too many keys and values for one file',
      );
    }
    if (aliases > MAX_ALIASES) {
      throw new InputError(`has more than ${MAX_ALIASES} YAML aliases`);
    }
    if (brackets > MAX_BRACKETS) {
      throw new InputError(
        `is nested too deeply: more than ${MAX_BRACKETS} open brackets`,
      );
    }
  }
}
