import { EventType, State } from 'js-yaml';

interface Node {
  line: number;
  /** Of a scalar its value. */
  value?: unknown;
  isMapping: boolean;
  /** Elements; of a mapping keys and values in turn. */
  children: Node[];
}

/**
 * Notes on which line the parts of a YAML text are, while it is parsed.
 *
 * @internal
 */
export class YamlLines {
  readonly #open: Node[] = [];
  #root: Node | undefined;

  /** Goes to the parser. */
  readonly listener = (event: EventType, state: State): void => {
    if (event === 'open') {
      this.#open.push({
        line: state.line + 1,
        isMapping: false,
        children: [],
      });
      return;
    }
    const node = this.#open.pop();
    if (!node) {
      return;
    }
    node.isMapping = state.kind === 'mapping';
    node.value = state.kind === 'scalar' ? state.result : undefined;
    const parent = this.#open.at(-1);
    if (parent) {
      parent.children.push(node);
    } else {
      this.#root = node;
    }
  };

  /**
   * @param path - such as `spec.rules[3].check`
   * @returns the line, from 1, of that part or of the nearest one around it
   */
  lineOf(path: string): number | undefined {
    let node = this.#root;
    for (const segment of path.match(/[^.[\]]+/g) ?? []) {
      const next: Node | undefined = node && childOf(node, segment);
      if (!next) {
        break;
      }
      node = next;
    }
    return node?.line;
  }
}

function childOf(node: Node, segment: string): Node | undefined {
  if (!node.isMapping) {
    return node.children[Number(segment)];
  }
  const key = node.children.findIndex(
    (child, index) => index % 2 === 0 && child.value === segment,
  );
  return key < 0 ? undefined : node.children[key + 1];
}
