/** One of the scorecards of a file. */
export interface YamlDocument {
  name: string;
  /** It alone, on the lines that it has in the file. */
  text: string;
}

/** A line that parts the documents of a file. */
const MARKER = /^---(\s|$)/;

/** The documents of a YAML text, without those that say nothing. */
export function splitDocuments(text: string): YamlDocument[] {
  const lines = text.split('\n');
  const starts = [
    0,
    ...lines.flatMap((line, index) => (MARKER.test(line) ? [index] : [])),
  ];
  return starts.flatMap((start, index) => {
    const own = lines.slice(start, starts[index + 1] ?? lines.length);
    const isEmpty = own.every(
      line => /^\s*(#.*)?$/.test(line) || MARKER.test(line),
    );
    const content = own.join('\n');
    const [, name = `number ${index + 1}`] =
      content.match(/\bname:\s*["']?([\w.-]+)/) ?? [];
    return isEmpty ? [] : [{ name, text: '\n'.repeat(start) + content }];
  });
}
