/**
 * Markup that is safe to send: made by the `html` tag, or vouched for.
 *
 * @internal
 */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Takes text for markup as it is: only for what a sanitiser has made. */
  static trusted(text: string): Html {
    return new Html(text);
  }

  toString(): string {
    return this.#text;
  }
}

/** @internal */
export type HtmlValue =
  | Html
  | string
  | number
  | undefined
  | false
  | readonly HtmlValue[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]);
}

function render(value: HtmlValue): string {
  if (value instanceof Html) {
    return value.toString();
  }
  if (value === undefined || value === false) {
    return '';
  }
  if (typeof value === 'string' || typeof value === 'number') {
    return escape(String(value));
  }
  return value.map(render).join('');
}

/**
 * Writes markup. Every value is escaped unless it is markup itself; values
 * stand between tags or inside quoted attributes, nowhere else.
 *
 * @internal
 */
export function html(
  strings: TemplateStringsArray,
  ...values: HtmlValue[]
): Html {
  return Html.trusted(
    strings.reduce((text, part, at) => text + render(values[at - 1]) + part),
  );
}
