/** Behind white text, each with a contrast of at least 4.5; the lowest level first. */
const LEVEL_COLORS = [
  '#8c4a1c',
  '#5b6472',
  '#8a6200',
  '#1d6b52',
  '#1f5f99',
  '#5d3fa3',
];

const NO_LEVEL_COLOR = '#6b6b6b';
const LABEL_COLOR = '#3d3d3d';

const HEIGHT = 20;
const PADDING = 6;
const MAX_TEXT = 60;

/** Roughly of a sans serif of 11 pixels; `textLength` makes it come true. */
const NARROW = /[ijlItf.,:;'|!()[\] ]/;
const WIDE = /[mwMW@%]/;

/**
 * The level of an entity as a picture of its own: no scripts, styles, fonts or
 * addresses of others.
 *
 * @param options - `position`: of the level, 1 is the lowest and 0 is none; the
 * colour depends on nothing else
 * @internal
 */
export function levelBadge(options: {
  label: string;
  level: string;
  position: number;
}): string {
  const label = shorten(options.label);
  const level = shorten(options.level);
  const labelWidth = textWidth(label);
  const levelWidth = textWidth(level);
  const left = labelWidth + 2 * PADDING;
  const right = levelWidth + 2 * PADDING;
  const color = colorOf(options.position);
  const title = escapeXml(`${label}: ${level}`);
  const text = (x: number, width: number, content: string) =>
    `<text x="${x}" y="14" textLength="${width}">${escapeXml(content)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${
      left + right
    }" height="${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<rect width="${left}" height="${HEIGHT}" fill="${LABEL_COLOR}"/>`,
    `<rect x="${left}" width="${right}" height="${HEIGHT}" fill="${color}"/>`,
    `<g fill="#ffffff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">`,
    text(PADDING, labelWidth, label),
    text(left + PADDING, levelWidth, level),
    '</g></svg>',
  ].join('');
}

function colorOf(position: number): string {
  return position > 0
    ? LEVEL_COLORS[Math.min(position, LEVEL_COLORS.length) - 1]
    : NO_LEVEL_COLOR;
}

function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (NARROW.test(character)) {
      width += 4;
    } else if (WIDE.test(character)) {
      width += 10;
    } else if (character > '\u2e7f') {
      // Chinese, Japanese and Korean characters are as wide as they are high
      width += 11;
    } else {
      width += 7;
    }
  }
  return width;
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > MAX_TEXT
    ? `${characters.slice(0, MAX_TEXT - 1).join('')}…`
    : text;
}

const ESCAPES: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeXml(text: string): string {
  return (
    text
      // Not allowed in XML, not even escaped
      .replace(
        /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
        '\ufffd',
      )
      .replace(/[&<>"']/g, character => ESCAPES[character])
  );
}
