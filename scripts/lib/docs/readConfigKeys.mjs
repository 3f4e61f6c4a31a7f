import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The keys that a `config.d.ts` describes, in its order.
 *
 * @returns {{
 *   key: string,
 *   type: string | undefined,
 *   required: boolean,
 *   visibility: string | undefined,
 *   text: string,
 * }[]} `type` is undefined for a key that only holds others
 */
export function readConfigKeys(file) {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const config = source.statements.find(
    statement =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'Config',
  );
  if (!config) {
    throw new Error(`${file} has no interface Config`);
  }
  return config.members.flatMap(member => readMember(member, ''));
}

function readMember(member, prefix) {
  const key = prefix + nameOf(member);
  const node = member.type;
  const { members, suffix } = membersOf(node);
  const { text, visibility } = readComment(member);
  return [
    {
      key,
      type: members ? undefined : describeType(node),
      required: !member.questionToken && ts.isPropertySignature(member),
      visibility,
      text,
    },
    ...(members ?? []).flatMap(inner =>
      readMember(inner, `${key}${suffix}${nameOf(inner) ? '.' : ''}`),
    ),
  ];
}

/** `<id>` for any name of the reader's choice. */
function nameOf(member) {
  return ts.isIndexSignatureDeclaration(member)
    ? `<${member.parameters[0].name.getText()}>`
    : member.name.getText().replace(/^['"]|['"]$/g, '');
}

/** What a section, or each entry of a list of sections, holds. */
function membersOf(node) {
  const element = elementOf(node);
  if (element && ts.isTypeLiteralNode(element)) {
    return { members: element.members, suffix: '[]' };
  }
  return ts.isTypeLiteralNode(node)
    ? { members: node.members, suffix: '' }
    : { members: undefined, suffix: '' };
}

/** The type of a list's entries; undefined for what is no list. */
function elementOf(node) {
  if (ts.isArrayTypeNode(node)) {
    return node.elementType;
  }
  const isArray =
    ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Array';
  return isArray ? node.typeArguments[0] : undefined;
}

const named = {
  HumanDuration: 'duration',
  SchedulerServiceTaskScheduleDefinitionConfig: 'schedule',
};

function describeType(node) {
  const element = elementOf(node);
  if (element) {
    return `list of ${describeType(element)}`;
  }
  if (ts.isUnionTypeNode(node)) {
    return describeUnion(node.types.map(describeType));
  }
  if (ts.isTypeReferenceNode(node) && named[node.typeName.getText()]) {
    return named[node.typeName.getText()];
  }
  if (ts.isLiteralTypeNode(node)) {
    return `\`${node.literal.getText().replace(/^['"]|['"]$/g, '')}\``;
  }
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return 'text';
    case ts.SyntaxKind.NumberKeyword:
      return 'number';
    case ts.SyntaxKind.BooleanKeyword:
      return '`true` or `false`';
    case ts.SyntaxKind.ObjectKeyword:
      return 'section';
    default:
      throw new Error(
        `${
          node.getSourceFile().fileName
        }: no words are known for the type ${node.getText()}`,
      );
  }
}

function describeUnion(words) {
  // A duration may be written as a text, too, which is what the word means
  const others = words.filter(
    word => word !== 'text' || !words.includes('duration'),
  );
  const last = others.at(-1);
  return others.length > 1
    ? `${others.slice(0, -1).join(', ')} or ${last}`
    : last;
}

function readComment(member) {
  const [comment] = member.jsDoc?.slice(-1) ?? [];
  const tag = comment?.tags?.find(({ tagName }) =>
    ['visibility', 'deepVisibility'].includes(tagName.text),
  );
  return {
    text: (ts.getTextOfJSDocComment(comment?.comment) ?? '').trim(),
    visibility: tag ? ts.getTextOfJSDocComment(tag.comment)?.trim() : undefined,
  };
}
