// Writes what `go test -json` and its coverage profile say in the forms that other
// tools read: JUnit and LCOV. Says on the way what failed, and fails below a share of
// covered lines.
import { readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** One JSON object per line; lines of other kinds are what a build that failed said. */
function readTests(text) {
  const packages = new Map();
  const other = [];
  for (const line of text.split('\n').filter(Boolean)) {
    let event;
    try {
      event = JSON.parse(line);
    } catch {
      other.push(line);
      continue;
    }
    if (event.Action === 'build-output') {
      other.push(event.Output.trimEnd());
    }
    if (!event.Package) {
      continue;
    }
    const suite = packages.get(event.Package) ?? {
      name: event.Package,
      tests: new Map(),
      output: '',
    };
    packages.set(event.Package, suite);
    const test = event.Test
      ? suite.tests.get(event.Test) ?? { name: event.Test, output: '' }
      : suite;
    if (event.Test) {
      suite.tests.set(event.Test, test);
    }
    if (event.Action === 'output') {
      test.output += event.Output;
    } else if (['pass', 'fail', 'skip'].includes(event.Action)) {
      test.result = event.Action;
      test.seconds = event.Elapsed ?? 0;
    }
  }
  return { packages: [...packages.values()], other };
}

function toJunit(packages) {
  const suites = packages
    .map(suite => ({ ...suite, tests: testsOf(suite) }))
    .filter(({ tests }) => tests.length > 0)
    .map(({ name, seconds = 0, tests }) => {
      const cases = tests.map(test => {
        const details = {
          fail: `<failure message="failed">${escape(test.output)}</failure>`,
          skip: '<skipped/>',
        }[test.result];
        const head = `    <testcase classname="${escape(name)}" name="${escape(
          test.name,
        )}" time="${test.seconds}"`;
        return details ? `${head}>${details}</testcase>` : `${head}/>`;
      });
      const count = result => tests.filter(test => test.result === result).length;
      return [
        `  <testsuite name="${escape(name)}" tests="${tests.length}" failures="${count(
          'fail',
        )}" skipped="${count('skip')}" time="${seconds}">`,
        ...cases,
        '  </testsuite>',
      ].join('\n');
    });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

/** The tests of a package; it is one itself if it failed outside of them. */
function testsOf(suite) {
  // One that has not ended was ended with its process
  const tests = [...suite.tests.values()].map(test => ({
    seconds: 0,
    ...test,
    result: test.result ?? 'fail',
  }));
  return suite.result === 'fail' && !tests.some(({ result }) => result === 'fail')
    ? [...tests, { name: 'package', seconds: 0, result: 'fail', output: suite.output }]
    : tests;
}

function escape(text) {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // Not to be written in XML, however it is escaped
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
  );
}

/** How often each line with code ran, by file. */
function readProfile(text, { module, read }) {
  const files = new Map();
  for (const line of text.split('\n')) {
    const [, name, from, to, count] =
      /^(.+\.go):(\d+)\.\d+,(\d+)\.\d+ \d+ (\d+)$/.exec(line) ?? [];
    if (!name) {
      continue;
    }
    const path = name.startsWith(`${module}/`) ? name.slice(module.length + 1) : name;
    const file = files.get(path) ?? { lines: new Map(), source: read(path) };
    files.set(path, file);
    for (let number = Number(from); number <= Number(to); number += 1) {
      // Braces and comments do not run
      if (!/^[\s)}\],]*(\/\/.*)?$/.test(file.source[number - 1] ?? '')) {
        file.lines.set(number, Math.max(file.lines.get(number) ?? 0, Number(count)));
      }
    }
  }
  return new Map([...files].map(([path, { lines }]) => [path, lines]));
}

function toLcov(files) {
  return [...files]
    .map(([path, lines]) => {
      const sorted = [...lines].sort(([a], [b]) => a - b);
      return [
        'TN:',
        `SF:${path}`,
        ...sorted.map(([number, count]) => `DA:${number},${count}`),
        `LF:${sorted.length}`,
        `LH:${sorted.filter(([, count]) => count > 0).length}`,
        'end_of_record\n',
      ].join('\n');
    })
    .join('');
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') {
      return '';
    }
    throw error;
  }
}

function main() {
  const { values } = parseArgs({
    options: {
      tests: { type: 'string' },
      junit: { type: 'string' },
      profile: { type: 'string' },
      lcov: { type: 'string' },
      lines: { type: 'string' },
    },
  });
  const { packages, other } = readTests(readIfThere(values.tests));
  writeFileSync(values.junit, toJunit(packages));
  for (const line of other) {
    console.log(line);
  }
  for (const suite of packages) {
    const tests = testsOf(suite);
    for (const test of tests.filter(({ result }) => result === 'fail')) {
      console.log(`${suite.name}: ${test.name}\n${test.output}`);
    }
    const passed = tests.filter(({ result }) => result === 'pass').length;
    console.log(`${suite.result === 'fail' ? 'FAIL' : 'ok  '} ${suite.name}: ${passed} of ${tests.length} tests`);
  }

  const module = /^module\s+"?([^\s"]+)/m.exec(readFileSync('go.mod', 'utf8'))?.[1];
  const files = readProfile(readIfThere(values.profile), {
    module,
    read: path => readIfThere(relative('.', resolve(path))).split('\n'),
  });
  writeFileSync(values.lcov, toLcov(files));
  const counts = [...files.values()].flatMap(lines => [...lines.values()]);
  const covered = counts.filter(count => count > 0).length;
  const percent = counts.length > 0 ? (100 * covered) / counts.length : 0;
  console.log(`${percent.toFixed(1)} % of ${counts.length} lines are covered`);
  if (percent < Number(values.lines)) {
    console.log(`that is less than ${values.lines} %`);
    process.exitCode = 1;
  }
}

main();
