import { createHash } from 'node:crypto';
import { ARTICLE_STYLES } from './articleStyles';
import { FRAME_STYLES } from './frameStyles';

/**
 * The look of all pages. Colours and sizes of letters are variables that the
 * reader of TechDocs sets from the theme of the portal.
 *
 * @internal
 */
export const STYLESHEET = `${FRAME_STYLES}${ARTICLE_STYLES}`;

const hash = createHash('sha256').update(STYLESHEET).digest('hex').slice(0, 8);

/**
 * The one form of name that the reader of TechDocs loads a stylesheet by.
 *
 * @internal
 */
export const STYLESHEET_PATH = `assets/stylesheets/main.${hash}.min.css`;
