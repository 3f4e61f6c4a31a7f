import { ASTNode } from '@marcbachmann/cel-js';
import { CheckError } from '../CheckError';
import { Evaluate } from './Run';
import { Scope } from './Scope';

/**
 * Where a part of an expression stands.
 *
 * @internal
 */
export interface Place {
  expression: string;
  scope: Scope;
  /** Makes a function of a part within. */
  compile(place: Place, node: ASTNode): Evaluate;
}

/** @internal */
export function refuse(
  place: Place,
  node: ASTNode,
  reason: string,
): CheckError {
  return CheckError.at(place.expression, node.pos ?? node.start, reason);
}
