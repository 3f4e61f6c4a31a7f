import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The types themselves are the same every time, and read once. */
const sources = new Map();

/** What was found in an object, by its module and text. */
const known = new Map();

/**
 * Fields that Kubernetes does not know. The validators let them pass, as an API
 * server does that drops what it does not know; the types of the same packages
 * do not: a literal may have no property beyond its type.
 *
 * @param objects pairs of an object and the module its type comes from
 */
export function unknownFields(objects) {
  const asked = objects.map(({ object, module }) => ({
    object,
    module,
    key: `${module} ${JSON.stringify(object)}`,
  }));
  const unseen = asked.filter(({ key }) => !known.has(key));
  if (unseen.length > 0) {
    const found = typeCheck(unseen);
    for (const [index, { key }] of unseen.entries()) {
      known.set(key, found[index]);
    }
  }
  return asked.flatMap(({ object, key }) =>
    known
      .get(key)
      .map(text => `${object.kind} ${object.metadata.name}: ${text}`),
  );
}

/** What the types say of each object. */
function typeCheck(objects) {
  const file = fileURLToPath(
    new URL('./manifests.virtual.ts', import.meta.url),
  );
  const lines = objects.flatMap(({ object, module }, index) => [
    `import type { I${object.kind} as T${index} } from ${JSON.stringify(
      module,
    )};`,
    // One line for each object, so that a message leads back to it
    `export const o${index}: T${index} = ${JSON.stringify(object)};`,
  ]);

  const options = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = name => name === file || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) => {
    if (name === file) {
      return ts.createSourceFile(name, lines.join('\n'), rest[0]);
    }
    if (!sources.has(name)) {
      sources.set(name, getSourceFile.call(host, name, ...rest));
    }
    return sources.get(name);
  };
  const program = ts.createProgram([file], options, host);

  const found = objects.map(() => []);
  for (const { file: source, start, messageText } of [
    ...program.getSyntacticDiagnostics(),
    ...program.getSemanticDiagnostics(),
  ]) {
    const { line } = source.getLineAndCharacterOfPosition(start);
    found[Math.floor(line / 2)].push(
      ts.flattenDiagnosticMessageText(messageText, ' '),
    );
  }
  return found;
}
