// Writes a YAML file to the standard output as JSON: Python's standard library reads none.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

console.log(JSON.stringify(parse(readFileSync(process.argv[2], 'utf8'))));
