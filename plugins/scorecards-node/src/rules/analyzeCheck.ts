import { ASTNode } from '@marcbachmann/cel-js';
import { CheckAnalysis, ReadPath } from './CheckAnalysis';
import { isMacro } from './expression/compileMacro';
import { parse } from './expression/parse';
import { Scope, StaticPath } from './expression/Scope';

interface Findings {
  paths: StaticPath[];
  guards: StaticPath[];
  readsNow: boolean;
}

function visit(node: ASTNode, scope: Scope, findings: Findings): void {
  const path = scope.pathOf(node);
  if (path) {
    findings.paths.push(path);
    return;
  }
  switch (node.op) {
    case 'value':
      return;
    case 'id':
      findings.readsNow ||= node.args === 'now' && !scope.find('now');
      return;
    case 'call':
      if (node.args[0] === 'has') {
        const guard = scope.pathOf(node.args[1][0]);
        if (guard) {
          findings.guards.push(guard);
        }
      }
      node.args[1].forEach(arg => visit(arg, scope, findings));
      return;
    case 'rcall':
      visitMethod(scope, findings, ...node.args);
      return;
    case 'map':
      node.args.flat().forEach(arg => visit(arg, scope, findings));
      return;
    default:
      for (const arg of [node.args].flat()) {
        if (typeof arg === 'object' && arg !== null && 'op' in arg) {
          visit(arg, scope, findings);
        }
      }
  }
}

function visitMethod(
  scope: Scope,
  findings: Findings,
  name: string,
  receiver: ASTNode,
  args: ASTNode[],
): void {
  const [variable, ...others] = args;
  if (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel') {
    visit(args[1], scope, findings);
    if (variable.op === 'id') {
      const bound = scope.withBinding(variable.args, scope.pathOf(args[1]));
      visit(args[2], bound.scope, findings);
    }
    return;
  }
  visit(receiver, scope, findings);
  if (isMacro(name, args.length) && variable.op === 'id') {
    const inner = scope.withElement(variable.args).scope;
    others.forEach(arg => visit(arg, inner, findings));
  } else {
    args.forEach(arg => visit(arg, scope, findings));
  }
}

function isBelow(path: StaticPath, base: StaticPath): boolean {
  return (
    path.root === base.root &&
    base.segments.every((segment, index) => path.segments[index] === segment)
  );
}

function below(root: StaticPath['root'], findings: Findings): ReadPath[] {
  const result = new Map<string, ReadPath>();
  for (const path of findings.paths) {
    if (path.root === root) {
      result.set(JSON.stringify(path.segments), {
        segments: path.segments,
        guarded: findings.guards.some(guard => isBelow(path, guard)),
      });
    }
  }
  return [...result.values()];
}

/**
 * Finds out what an expression looks at.
 *
 * @throws CheckError when it cannot be read
 * @public
 */
export function analyzeCheck(expression: string): CheckAnalysis {
  const findings: Findings = { paths: [], guards: [], readsNow: false };
  visit(parse(expression).ast, Scope.ROOT, findings);
  return {
    factPaths: below('facts', findings),
    entityPaths: below('entity', findings),
    readsNow: findings.readsNow,
  };
}
