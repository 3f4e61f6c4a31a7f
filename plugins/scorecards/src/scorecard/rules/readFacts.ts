const TEXTS =
  /'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/g;

const FACTS = /\bfacts((?:\s*\.\s*[A-Za-z_]\w*)+)(\s*\()?/g;

/**
 * The facts that an expression reads, by their names: `coverage.percent`. Only what
 * is written out; names that an expression puts together are known at evaluation.
 */
export function readFacts(expression: string): string[] {
  const names = new Set<string>();
  for (const [, path, call] of expression
    .replace(TEXTS, "''")
    .matchAll(FACTS)) {
    const parts = path.replace(/\s/g, '').slice(1).split('.');
    // The last one is what is done with the fact
    const name = (call ? parts.slice(0, -1) : parts).join('.');
    if (name) {
      names.add(name);
    }
  }
  return [...names];
}
