import { analyzeCheck } from './analyzeCheck';
import { CheckError } from './CheckError';
import { compileCheck } from './compileCheck';
import { factTree } from './factTree';

const NOW = Date.parse('2026-11-20T08:00:00Z');

const entity = {
  kind: 'Component',
  metadata: {
    name: 'timetable',
    tags: ['java', 'rail'],
    annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
    constructor: 'Alma',
  },
  spec: { type: 'service', lifecycle: 'production', nothing: null },
};

const facts: [string, unknown][] = [
  ['coverage.percent', 81.5],
  ['tests.passed', 80],
  ['tests.total', 0],
  ['onCall.rotation', 'primary'],
  ['slo.endpointsWithoutSlo', []],
  ['repository.ci.workflows', ['build.yaml', 'release.yaml']],
  ['repository.readme.headings', [{ text: 'Runbook', depth: 2 }]],
  ['delivery.lastDeploymentAt', '2026-11-01T08:00:00Z'],
  ['readme.text', 'x'.repeat(20_000)],
  ['list.long', Array.from({ length: 1001 }, (_, index) => index)],
  ['list.thousand', Array.from({ length: 1000 }, (_, index) => index)],
  ['pattern.bad', '('],
  ['words.nested', JSON.parse('['.repeat(500) + ']'.repeat(500))],
];

function evaluate(check: string) {
  const result = compileCheck(check)({
    entity,
    facts: factTree(facts),
    now: NOW,
  });
  return 'detail' in result
    ? `${result.outcome}: ${result.detail}`
    : result.outcome;
}

function refusal(check: string): string {
  try {
    compileCheck(check);
  } catch (error) {
    expect(error).toBeInstanceOf(CheckError);
    return (error as CheckError).message;
  }
  return 'accepted';
}

describe('an expression', () => {
  it.each([
    // Numbers of JSON go with both kinds of literals
    ['facts.coverage.percent >= 80', 'pass'],
    ['facts.coverage.percent >= 81.5', 'pass'],
    ['facts.coverage.percent > 82', 'fail'],
    ['facts.tests.passed >= 80', 'pass'],
    ['facts.tests.passed == 80 && facts.tests.passed == 80.0', 'pass'],
    ['facts.tests.passed + 1 == 81', 'pass'],
    ['facts.tests.passed * 1.5 == 120', 'pass'],
    ['facts.tests.passed % 3 == 2 && -facts.tests.passed < 0', 'pass'],
    ['facts.tests.passed in [80, 90]', 'pass'],
    ['5 / 2 == 2 && 5.0 / 2 == 2.5', 'pass'],
    ['string(facts.tests.passed) == "80"', 'pass'],
    ['int("42") == 42 && double("4.5") == 4.5 && int(81.9) == 81', 'pass'],
    // Texts
    ["facts.onCall.rotation != ''", 'pass'],
    ['facts.onCall.rotation == 1', 'fail'],
    ["entity.metadata.name.startsWith('time') && size('žluť 🚆') == 6", 'pass'],
    ["entity.metadata.name.matches('^t[a-z]+e$')", 'pass'],
    ["entity.metadata.name.matches('table')", 'pass'],
    ["'a,b'.split(',').map(x, x + '!').join(' ') == 'a! b!'", 'pass'],
    ["'ABc'.lowerAscii() == 'abc' && ' x '.trim() == 'x'", 'pass'],
    ["'abc'.substring(1, 2) == 'b' && 'abc'.indexOf('c') == 2", 'pass'],
    // Lists and maps
    ['size(facts.slo.endpointsWithoutSlo) == 0', 'pass'],
    [
      "'java' in entity.metadata.tags && !('go' in entity.metadata.tags)",
      'pass',
    ],
    ["facts.repository.ci.workflows.exists(w, w.endsWith('.yaml'))", 'pass'],
    ["facts.repository.ci.workflows.all(w, w == 'build.yaml')", 'fail'],
    ["facts.repository.ci.workflows.exists_one(w, w == 'build.yaml')", 'pass'],
    [
      "facts.repository.ci.workflows.filter(w, w != 'x') == ['build.yaml', 'release.yaml']",
      'pass',
    ],
    [
      "facts.repository.readme.headings.exists(h, h.text == 'Runbook' && h.depth < 3)",
      'pass',
    ],
    [
      "entity.metadata.annotations['backstage.io/techdocs-ref'] == 'dir:.'",
      'pass',
    ],
    [
      "entity.metadata.annotations.exists(key, key.contains('techdocs'))",
      'pass',
    ],
    ["facts.repository.ci.workflows[0] == 'build.yaml'", 'pass'],
    ["{'a': [1, 2.0]} == {'a': [1.0, 2]}", 'pass'],
    ['cel.bind(c, facts.coverage, c.percent > 80)', 'pass'],
    // Times
    [
      "now - timestamp(facts.delivery.lastDeploymentAt) < duration('720h')",
      'pass',
    ],
    [
      "now - timestamp(facts.delivery.lastDeploymentAt) < duration('24h')",
      'fail',
    ],
    ["timestamp('2026-11-20T09:00:00+01:00') == now", 'pass'],
    ['now.getFullYear() == 2026 && timestamp(0).getMonth() == 0', 'pass'],
    ["now + duration('1h30m') > now", 'pass'],
    // What is not there
    ['facts.absent.fact > 1', 'noData: There is no facts.absent.fact'],
    ['facts.coverage.lines > 1', 'noData: There is no facts.coverage.lines'],
    [
      "facts['coverage']['lines'] > 1",
      'noData: There is no facts.coverage.lines',
    ],
    [
      'cel.bind(c, facts.coverage, c.lines > 80)',
      'noData: There is no facts.coverage.lines',
    ],
    [
      'facts.coverage[entity.kind] > 1',
      'noData: There is no facts.coverage.Component',
    ],
    [
      'facts.coverage.percent.lines > 1',
      'noData: There is no facts.coverage.percent.lines',
    ],
    ['has(facts.absent.fact)', 'fail'],
    ['!has(facts.absent.fact) || facts.absent.fact > 1', 'pass'],
    ["entity.spec.type == 'service' || facts.absent > 1", 'pass'],
    ["facts.absent > 1 || entity.spec.type == 'service'", 'pass'],
    ["facts.absent > 1 && entity.spec.type == 'library'", 'fail'],
    [
      "facts.absent > 1 && entity.spec.absent == 'x'",
      'noData: There is no facts.absent',
    ],
    [
      "entity.spec.absent == 'x'",
      'error: There is no entity.spec.absent: ask with has(entity.spec.absent) first',
    ],
    ['entity.spec.nothing == null && has(entity.spec.nothing)', 'pass'],
    [
      'has(entity.metadata.toString) || has(entity.spec.hasOwnProperty)',
      'fail',
    ],
    ["entity.metadata.constructor == 'Alma'", 'pass'],
    [
      'entity.constructor.constructor == 1',
      'error: There is no entity.constructor.constructor: ask with has(entity.constructor.constructor) first',
    ],
    [
      "entity.metadata.annotations['a/b'] == ''",
      'error: There is no entity.metadata.annotations["a/b"]: ask with "a/b" in entity.metadata.annotations first',
    ],
    ['facts.__proto__ == 1', 'noData: There is no facts.__proto__'],
    // What does not fit
    [
      'facts.onCall.rotation > 1',
      'error: > cannot be used between a string and a number',
    ],
    ['facts.onCall.rotation', 'error: It yields a string, not a bool'],
    [
      'facts.tests.passed && true',
      'error: && and || need a bool on both sides, this is a number',
    ],
    [
      'facts.tests.passed ? true : false',
      'error: The condition before ? is a number, not a bool',
    ],
    ['facts.tests.passed / facts.tests.total > 0.8', 'error: Division by zero'],
    [
      '9223372036854775807 + 1 > 0',
      'error: The result of + is too large for an int',
    ],
    [
      'facts.repository.readme.headings.all(h, h.level == 1)',
      'error: A map has no field "level"',
    ],
    [
      'facts.repository.ci.workflows[7] == ""',
      'error: A list of 2 elements is asked for element 7',
    ],
    [
      'size(facts.coverage.percent) == 1',
      'error: size() cannot be used with a number',
    ],
    [
      'timestamp(facts.onCall.rotation) < now',
      'error: "primary" is not a time with date and zone such as "2026-11-20T08:00:00Z"',
    ],
    [
      'entity.metadata.name.matches(facts.pattern.bad)',
      'error: "(" is not a regular expression as RE2 has it: missing closing ): `(`',
    ],
  ])('%s', (check, expected) => {
    expect(evaluate(check)).toBe(expected);
  });

  it.each([
    ['facts.coverage.percent >=', 'Column 26: Unexpected token: the end'],
    ['facts.a = 5', 'Column 9: Unexpected =: to compare, write =='],
    ['facts.a and true', 'Column 9: Unexpected and: write &&'],
    ['entity.spec?.type == 1', 'Column 13: Unexpected token: .'],
    ['(facts.a', 'Column 9: Expected ), got the end'],
    ['', 'Column 1: Unexpected token: the end'],
    ["facts.a ==\n  'open", 'Column 3: in line 2, Unterminated string'],
    ['1 + 1', 'Column 1: it yields an int, not a bool'],
    ["'a' < 1", 'Column 1: no such overload: string < int'],
    ['entity', 'Column 1: it yields a map, not a bool'],
    [
      'user.name == ""',
      'Column 1: user is not known: there are entity, facts and now',
    ],
    [
      'facts.list.all(x, y > 1)',
      'Column 19: y is not known: there are entity, facts and now',
    ],
    ['fetch(facts.a)', 'Column 1: There is no function fetch()'],
    [
      'facts.a.replace("a", "b") == ""',
      'Column 1: There is no function replace()',
    ],
    ['facts.a.exists(1)', 'Column 1: exists() has another number of arguments'],
    ['size() == 1', 'Column 1: size() has another number of arguments'],
    ['type(facts.a) == string', 'Column 1: There is no function type()'],
    ['facts.a == b"x"', 'Column 12: Rules know neither bytes nor uint'],
    [
      'has(facts)',
      'Column 5: has() asks for a field, such as has(entity.metadata.description)',
    ],
    [
      "entity.metadata.name.matches('(a')",
      'Column 30: "(a" is not a regular expression as RE2 has it: missing closing ): `(a`',
    ],
    [
      "entity.metadata.name.matches('(?=a)')",
      expect.stringContaining('is not a regular expression as RE2 has it'),
    ],
    [
      "entity.metadata.name.matches('(a{1,100}){1,10}b{500}')",
      expect.stringContaining('is too large: repeat less often'),
    ],
    [
      "now - timestamp('yesterday') < duration('1h')",
      expect.stringContaining('Column 17: "yesterday" is not a time'),
    ],
    [
      "now - now < duration('30d')",
      'Column 22: "30d" is not a duration such as "720h" or "1h30m"',
    ],
    [
      'facts.a.all(a, facts.b.all(b, facts.c.all(c, true)))',
      'Column 31: all() is nested in 2 others, more deeply than allowed',
    ],
    [
      `${'('.repeat(60)}true${')'.repeat(60)}`,
      expect.stringContaining('It is nested more deeply than allowed (50)'),
    ],
    [
      `facts.a == [${'1,'.repeat(1000)}1]`,
      expect.stringContaining('than allowed (1000)'),
    ],
    [`true ||${' '.repeat(2037)}true`, 'accepted'],
    [`true ||${' '.repeat(2038)}true`, 'it has 2049 bytes, more than 2048'],
  ])('%s is refused', (check, expected) => {
    expect(refusal(check)).toEqual(expected);
  });

  const deeper = (step: string) => step.repeat(40);
  it.each([
    [
      'nested macros over big lists',
      'facts.list.thousand.all(a, facts.list.thousand.all(b, a + b >= 0))',
      /^error: It takes more than 1,000,000 steps/,
    ],
    [
      'too long a list',
      'facts.list.long.all(x, x >= 0)',
      /^error: all\(\) goes through 1,001 elements, more than 1,000/,
    ],
    [
      'a text that doubles',
      `[entity.metadata.name]${deeper('.map(x, x + x)')}.size() == 1`,
      /^error: A text has more than 65,536 characters/,
    ],
    [
      'a list that doubles',
      `[[1]]${deeper('.map(x, x + x)')}.size() == 1`,
      /^error: A list has more than 10,000 elements/,
    ],
    [
      'a tree that doubles',
      `cel.bind(t, [[1]]${deeper('.map(x, [x, x])')}, t == [[1]]${deeper(
        '.map(x, [x, x])',
      )})`.slice(0),
      /^(error: It takes more than 1,000,000 steps|refused)/,
    ],
    [
      'a join that multiplies',
      `facts.list.thousand.map(x, facts.readme.text).join('') == ''`,
      /^error: A text has more than 65,536 characters/,
    ],
    [
      'the other side of ||',
      'facts.list.long.all(x, x >= 0) || true',
      /^error: all\(\) goes through/,
    ],
    [
      'a pattern that would backtrack',
      "facts.readme.text.matches('(x+x+)+y')",
      /^fail$/,
    ],
    [
      'a pattern with much to remember',
      "facts.readme.text.matches('(.{1,60}x){8}y')",
      /^(fail|error: It takes more than)/,
    ],
    [
      'a search in what repeats itself',
      "facts.list.thousand.all(x, !facts.readme.text.contains(facts.readme.text + 'y'))",
      /^error: It takes more than/,
    ],
    [
      'what is nested deeply',
      'facts.words.nested == facts.words.nested && [facts.words.nested] != [[facts.words.nested]]',
      /^(pass|error: Values are nested too deeply)/,
    ],
    ['many signs', `${'!'.repeat(900)}true`, /^pass$/],
    ['a long sum', `${'1+'.repeat(490)}1 > 0`, /^pass$/],
  ])('is bounded with %s', (_, check, expected) => {
    let result;
    try {
      result = evaluate(check);
    } catch (error) {
      result = `refused ${error}`;
    }
    expect(result).toMatch(expected);
  });

  it('says what it looks at', () => {
    expect(
      analyzeCheck(
        "!has(facts.a.b) || facts.a.b > 1 && facts['c'].d.exists(x, x.y == entity.spec.type) && cel.bind(e, facts.e, e.f) && size(facts.g) > 0",
      ),
    ).toEqual({
      factPaths: [
        { segments: ['a', 'b'], guarded: true },
        { segments: ['c', 'd'], guarded: false },
        { segments: ['e'], guarded: false },
        { segments: ['e', 'f'], guarded: false },
        { segments: ['g'], guarded: false },
      ],
      entityPaths: [{ segments: ['spec', 'type'], guarded: false }],
      readsNow: false,
    });
    expect(analyzeCheck('now > timestamp(facts.t)').readsNow).toBe(true);
  });

  it('finds facts by their names, the longer of two', () => {
    const tree = factTree([
      ['a', { b: 1, c: 2 }],
      ['a.b', 3],
      ['d.e.f', 4],
      ['d.e', 5],
    ]);
    expect(JSON.parse(JSON.stringify(tree))).toEqual({
      a: { b: 3 },
      d: { e: { f: 4 } },
    });
  });
});
