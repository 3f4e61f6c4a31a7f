const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * A key that stands twice in one object. Of two values, `JSON.parse` takes the
 * last, and whoever looked at the text before may have taken the first.
 *
 * @param json - a text that is JSON
 * @internal
 */
export function findRepeatedKey(json: string): string | undefined {
  // The keys of the objects that are open; undefined stands for a list
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (let index = 0; index < json.length; index++) {
    switch (json.charCodeAt(index)) {
      case QUOTE: {
        const end = endOfText(json, index);
        if (isKey) {
          const key: string = JSON.parse(json.slice(index, end + 1));
          const keys = open[open.length - 1];
          if (keys?.has(key)) {
            return key;
          }
          keys?.add(key);
        }
        index = end;
        break;
      }
      case OPEN_OBJECT:
        open.push(new Set());
        isKey = true;
        break;
      case OPEN_LIST:
        open.push(undefined);
        isKey = false;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        open.pop();
        break;
      case COMMA:
        isKey = open[open.length - 1] !== undefined;
        break;
      case COLON:
        isKey = false;
        break;
      default:
    }
  }
  return undefined;
}

/** The index of the quote that ends a text. */
function endOfText(json: string, start: number): number {
  let end = start;
  let backslashes: number;
  do {
    end = json.indexOf('"', end + 1);
    backslashes = 0;
    while (json.charCodeAt(end - 1 - backslashes) === BACKSLASH) {
      backslashes += 1;
    }
  } while (backslashes % 2 === 1);
  return end;
}
