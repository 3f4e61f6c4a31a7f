/** Makes one report of the coverage of the service and that of its page. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import libCoverage from 'istanbul-lib-coverage';
import libReport from 'istanbul-lib-report';
import reports from 'istanbul-reports';

const directory = fileURLToPath(new URL('../coverage/', import.meta.url));
const coverageMap = libCoverage.createCoverageMap();
for (const part of ['coverage-final.json', 'page/coverage-final.json']) {
  coverageMap.merge(JSON.parse(readFileSync(`${directory}${part}`, 'utf8')));
}
const context = libReport.createContext({ dir: directory, coverageMap });
for (const name of ['lcov', 'cobertura', 'json-summary', 'text-summary']) {
  reports.create(name).execute(context);
}
